import { Command } from 'commander';

interface Options {
  readonly training: string;
  readonly against?: string;
  readonly image?: string;
}

export function reportCommand(): Command {
  return new Command('report')
    .summary('Tell what a training came to, as Markdown.')
    .description(
      'Tells what a training came to, as Markdown: the verdict and why, the scores beside those of main, the models\n' +
        'that were tried, the data, the image. On GitHub it goes to the summary of the job as well, and becomes the\n' +
        'output "report" of its step. A file that does not exist, or is empty, is told as what it means.',
    )
    .requiredOption('--training <json>', 'what npm run train -- --json wrote')
    .option('--against <json>', 'the same of what this is compared with')
    .option('--image <json>', 'what npm run image -- --json wrote')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run train -- --json training.json; npm run report -- --training training.json\n' +
        '  npm run report -- --training training.json --against main.json --image image.json',
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const [
    { readEarlierTraining, readImage, readReleaseRecord, readTraining },
    { makeReport },
    { addToSummary, setOutput },
  ] = await Promise.all([
    import('../ml/report/records.ts'),
    import('../ml/report/report.ts'),
    import('../infra/commands/workflow-output.ts'),
  ]);
  const training = readTraining(options.training);
  const report = makeReport({
    training,
    before: options.against === undefined ? undefined : readEarlierTraining(options.against),
    release: training?.path ? await readReleaseRecord(training.path) : undefined,
    image: options.image === undefined ? undefined : readImage(options.image),
  });
  console.log(report);
  addToSummary(report);
  setOutput('report', report);
}
