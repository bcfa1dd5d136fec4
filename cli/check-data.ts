import { Command } from 'commander';
import { ReleaseError } from '../ml/core/errors.ts';
import { formatExact } from '../ml/core/format-number.ts';
import { datasetFolder } from '../ml/data/dataset-setting.ts';
import type { Release } from '../ml/release/read.ts';
import {
  artifactsFolder,
  artifactsOption,
  checkOutputs,
  datasetOption,
  jsonOption,
  type Place,
  printerBeside,
  writeJson,
} from './output.ts';

interface Options extends Place {
  readonly data?: string;
  readonly against?: string;
  readonly failOn?: string;
  readonly json?: string;
}

export function checkDataCommand(): Command {
  return new Command('check-data')
    .summary('Check a CSV before it is trained on.')
    .description(
      'Checks a CSV before it is trained on: against its declaration, and against the rows that the release in use was\n' +
        'trained on, where there is one. Tells a verdict for each column, ok, look or fail, with the reason, and exits with 1\n' +
        'if anything fails. On GitHub the same goes to the summary of the job.',
    )
    .addOption(datasetOption())
    .option('--data <csv>', "another CSV of the same declaration, in place of the data set's own")
    .option(
      '--against <release>',
      'with whose rows it is compared: the beginning of the id of a release (default: the one in use, if any)',
    )
    .option(
      '--fail-on <checks>',
      'which checks may fail, separated by commas: schema, ranges, levels, missing, duplicates, target, drift; or "none"\n' +
        '(default: plumbline.failOn of package.json, else all but duplicates). The others are only told',
    )
    .addOption(artifactsOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npm run check-data
  npm run check-data -- --data ~/Downloads/StudentsPerformance.csv
  npm run check-data -- --data new.csv --json checked.json
  npm run check-data -- --against 1380a7
  npm run check-data -- --fail-on schema,ranges,levels   (drift and missing values are only told)

What is checked:
  schema      every declared column is there, once; each row has as many cells; each cell is of its column's kind
  ranges      numbers and dates are within min, max and step
  levels      categories have declared levels only, which the release has learned from
  missing     no column is empty; not many more or fewer values are missing than in the release
  duplicates  rows that repeat others, and rows alike in all but their class
  target      it varies, each class has rows, and it is distributed as it was
  drift       each feature is distributed as it was: a shift counts if it is more than chance (Kolmogorov-Smirnov or
              chi-squared, corrected for the number of columns) and large: a population stability index (PSI), less what
              chance makes of it, of 0.1 is to be looked at, of 0.25 fails`,
    )
    .action(run);
}

async function run({ data, against, failOn, json, ...place }: Options): Promise<void> {
  const dataset = datasetFolder(place.dataset);
  await checkOutputs({ '--json': json }, { '--data': data });
  const [{ checkData }, { failOnOf }, { dataCheckText }, { dataCheckMarkdown }, { addToSummary }, { StatusLine }] =
    await Promise.all([
      import('../ml/checks/check-data.ts'),
      import('../ml/checks/fail-on.ts'),
      import('./data-check-text.ts'),
      import('../ml/report/data-check.ts'),
      import('../infra/commands/workflow-output.ts'),
      import('./status-line.ts'),
    ]);
  const status = new StatusLine(process.stderr);
  const result = await checkData({
    dataset,
    data,
    failOn: failOnOf(failOn),
    against: await releaseToCompare(place, against),
    onProgress: (rows, of) => status.show(`${formatExact(rows)} rows ${of === 'release' ? 'of the release ' : ''}read`),
  }).finally(() => status.clear());
  const print = await printerBeside(json);
  print(dataCheckText(result));
  addToSummary(dataCheckMarkdown(result));
  await writeJson(json, result);
  if (result.verdict === 'fail') process.exitCode = 1;
}

/** The release that is asked for, else the one in use; one in use that cannot be read is told of, and not compared with. */
async function releaseToCompare(place: Place, against: string | undefined): Promise<Release | undefined> {
  const [{ hasRelease, readRelease, readReleaseAt }, { hasRows, rowsFileOf }] = await Promise.all([
    import('../ml/release/read.ts'),
    import('../ml/release/rows.ts'),
  ]);
  if (against !== undefined) {
    const { releaseFinder } = await import('./releases/named-release.ts');
    return readReleaseAt((await releaseFinder(place))(against).path);
  }
  const artifacts = artifactsFolder(place);
  if (!(await hasRelease(artifacts))) return undefined;
  try {
    const release = await readRelease(artifacts);
    if (hasRows(release)) await rowsFileOf(release, 'data');
    return release;
  } catch (error) {
    if (!(error instanceof ReleaseError && error.trainingMends)) throw error;
    console.error(`The release in use cannot be read, so the declaration alone is checked: ${error.message}`);
    return undefined;
  }
}
