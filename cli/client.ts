import { Command } from 'commander';
import { artifactsFolder, artifactsOption, datasetOption, outputFile, type Place } from './output.ts';

interface Options extends Place {
  readonly out: string;
}

export function clientCommand(): Command {
  return new Command('client')
    .description(
      'Write a client of the API in TypeScript for the release in use: one file without dependencies, with the types of this very model.\n' +
        'The service has the same at /api/client.ts.',
    )
    .requiredOption('--out <file>', 'where to write it', outputFile)
    .addOption(datasetOption())
    .addOption(artifactsOption())
    .addHelpText('after', '\nExamples:\n  npm run client -- --out client.ts')
    .action(run);
}

async function run({ out, ...place }: Options): Promise<void> {
  const [{ loadPredictor }, { writeClient }, { writeTextFile }] = await Promise.all([
    import('../ml/index.ts'),
    import('../app/api/client/write-client.ts'),
    import('../ml/core/files.ts'),
  ]);
  const predictor = await loadPredictor(artifactsFolder(place));
  await writeTextFile(out, writeClient(predictor));
  console.log(`${out} is a client of ${predictor.manifest.dataset.title} (release ${predictor.release})`);
}
