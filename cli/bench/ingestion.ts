import { Command } from 'commander';
import { jsonOption, writeJson } from '../output.ts';
import { whole } from './options.ts';

interface Options {
  readonly random: number;
  readonly seed: number;
  readonly json?: string;
}

export function ingestionCommand(): Command {
  return new Command('ingestion')
    .description(
      'Random CSV files, read by ingestion and plainly: bytes, encodings, quotes, line ends, delimiters in quotes, types that\n' +
        'change in a row, borders of chunks. The first difference is shown, shrunk to the smallest file that has it.',
    )
    .option('--random <n>', 'so many files', whole, 1000)
    .option('--seed <n>', 'other files', whole, 1)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- ingestion\n  npm run bench -- ingestion --random 100000 --seed 7',
    )
    .action(run);
}

async function run({ random, seed, json }: Options): Promise<void> {
  const { compareIngestion } = await import('../../bench/ingestion.ts');
  const { files, found } = await compareIngestion(random, seed);
  console.log(
    found
      ? `File ${files} differs.\n  ${JSON.stringify(found.file)}\n  ${found.difference}`
      : `${files} files read as they are.`,
  );
  await writeJson(json, { files, seed, found });
  if (found) process.exitCode = 1;
}
