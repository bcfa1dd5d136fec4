// npm run report: what a training came to, as Markdown; for people, and for the workflows.

import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { Command } from 'commander';
import { runCommand, ToolError } from '../infra/commands/tool.ts';
import { RecordError, readEarlierTraining, readImage, readRelease, readTraining } from '../ml/report/records.ts';
import { makeReport } from '../ml/report/report.ts';

const command = new Command('npm run report --')
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
  .parse();

const options = command.opts<{ training: string; against?: string; image?: string }>();

await runCommand(() => {
  const report = make();
  console.log(report);
  const { GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output } = process.env;
  if (summary) appendFileSync(summary, `${report}\n`);
  if (output) {
    // Nobody can know the line that ends it, so no text in the report does.
    const end = `end-${randomUUID()}`;
    appendFileSync(output, `report<<${end}\n${report}\n${end}\n`);
  }
});

function make(): string {
  try {
    const training = readTraining(options.training);
    return makeReport({
      training,
      before: options.against === undefined ? undefined : readEarlierTraining(options.against),
      release: training?.path ? readRelease(training.path) : undefined,
      image: options.image === undefined ? undefined : readImage(options.image),
    });
  } catch (error) {
    if (!(error instanceof RecordError)) throw error;
    throw new ToolError(error.message, { cause: error });
  }
}
