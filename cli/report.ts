import { Command } from 'commander';
import { ParamError, ReleaseError } from '../ml/core/errors.ts';
import { formatExact } from '../ml/core/format-number.ts';
import type { Release } from '../ml/release/read.ts';
import { artifactsOption, datasetOption, outputFile, type Place } from './output.ts';

interface Options extends Place {
  readonly release?: string;
  readonly out?: string;
  readonly training?: string;
  readonly against?: string;
  readonly image?: string;
}

export function reportCommand(): Command {
  return new Command('report')
    .summary('Tell what a training came to: a page with pictures, or Markdown.')
    .description(
      'Tells what a training came to. Every release keeps a report, an HTML file of its own that any browser opens: the\n' +
        'verdict and why, the data, the models that were tried, what the chosen one does on rows that it never saw, and\n' +
        'what it takes to repeat it. This command says where the report of the release in use lies, or copies it.\n\n' +
        'With --training it tells the same in short as Markdown, beside the scores of main and the image. On GitHub that\n' +
        'goes to the summary of the job as well, and becomes the output "report" of its step. A file that does not exist,\n' +
        'or is empty, is told as what it means.',
    )
    .option('--release <id>', 'the beginning of the id of a release (default: the one in use)')
    .option('--out <html>', 'copy the report there', outputFile)
    .addOption(datasetOption())
    .addOption(artifactsOption())
    .option('--training <json>', 'what npm run train -- --json wrote: tell it as Markdown')
    .option('--against <json>', 'the same of what this is compared with')
    .option('--image <json>', 'what npm run image -- --json wrote')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run train; npm run report -- --out report.html\n' +
        '  npm run train -- --json training.json; npm run report -- --training training.json\n' +
        '  npm run report -- --training training.json --against main.json --image image.json',
    )
    .action(run);
}

async function run(options: Options): Promise<void> {
  const { training, release, out, against, image } = options;
  if (training === undefined) {
    if (against !== undefined || image !== undefined)
      throw new ParamError('--against and --image go with --training, which names what is told as Markdown');
    return showPage(options);
  }
  if (release !== undefined || out !== undefined)
    throw new ParamError('--training tells a training as Markdown: leave it, or --release and --out, out');
  return tellTraining({ training, against, image });
}

/** Says where the report of a release lies, or copies it. */
async function showPage({ release: name = 'current', out, ...place }: Options): Promise<void> {
  const [{ releaseFinder }, { readReleaseAt }, { reportPath }] = await Promise.all([
    import('./releases/named-release.ts'),
    import('../ml/release/read.ts'),
    import('../ml/release/report.ts'),
  ]);
  const listed = (await releaseFinder(place))(name);
  const release = await readReleaseAt(listed.path);
  const kept = reportPath(release);
  if (out === undefined) {
    if (kept === undefined)
      throw new ReleaseError(
        `release ${release.id} keeps no report: it is of an older version, or a copy that only serves. To make one now, name a file: --out report.html`,
      );
    console.log(kept);
    return;
  }
  const { writeTextFile } = await import('../ml/core/files.ts');
  await writeTextFile(out, await pageOf(release));
  console.error(`The report of release ${release.id}${kept === undefined ? ', made now' : ''}:`);
  console.log(out);
}

/** The report that a release keeps; where it keeps none, one that is made of it now. */
async function pageOf(release: Release): Promise<string> {
  const { readReport } = await import('../ml/release/report.ts');
  const kept = await readReport(release);
  if (kept !== undefined) return kept;
  const { reportOfRelease } = await import('../ml/pipeline/report-of-release.ts');
  return followRows((onRows) => reportOfRelease(release, onRows));
}

/** Tells how many rows of a release are read, which may be millions. */
async function followRows<T>(read: (onRows: (rows: number) => void) => Promise<T>): Promise<T> {
  const { StatusLine } = await import('./status-line.ts');
  const status = new StatusLine(process.stderr);
  return read((rows) => status.show(`${formatExact(rows)} rows of the release read`)).finally(() => status.clear());
}

/** What --training tells, and beside what. */
interface Told {
  readonly training: string;
  readonly against: string | undefined;
  readonly image: string | undefined;
}

/** Tells a training as Markdown. */
async function tellTraining({ training: file, against, image }: Told): Promise<void> {
  const [
    { readEarlierTraining, readImage, readReleaseRecord, readTraining },
    { makeReport },
    { addToSummary, setOutput },
  ] = await Promise.all([
    import('../ml/report/records.ts'),
    import('../ml/report/report.ts'),
    import('../infra/commands/workflow-output.ts'),
  ]);
  const training = readTraining(file);
  const path = training?.path ?? undefined;
  const report = makeReport({
    training,
    before: against === undefined ? undefined : readEarlierTraining(against),
    release: path === undefined ? undefined : await followRows((onRows) => readReleaseRecord(path, onRows)),
    image: image === undefined ? undefined : readImage(image),
  });
  console.log(report);
  addToSummary(report);
  setOutput('report', report);
}
