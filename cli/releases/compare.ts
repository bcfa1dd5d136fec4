import { Command } from 'commander';
import { clip } from '../../ml/core/short-list.ts';
import type { ReleaseComparison } from '../../ml/pipeline/compare-releases.ts';
import { readReleaseAt } from '../../ml/release/read.ts';
import { recordedTask } from '../../ml/release/recorded-task.ts';
import { comparedInWords } from '../../ml/selection/comparison.ts';
import type { Task } from '../../ml/selection/task.ts';
import {
  artifactsOption,
  datasetOption,
  jsonOption,
  type Place,
  printerBeside,
  textTable,
  writeJson,
} from '../output.ts';
import { releaseArgument, releaseFinder } from './named-release.ts';

/** What is longer is told by --json alone. */
const LONGEST_VALUE = 60;

export function releasesCompareCommand(): Command {
  return new Command('compare')
    .description(
      'Compare two releases: what the second scores where the first does, on the rows that were held out from the second\n' +
        'and are new to the first, and what they were made from that differs.',
    )
    .addArgument(releaseArgument('first'))
    .addArgument(releaseArgument('second'))
    .addOption(datasetOption())
    .addOption(artifactsOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run releases -- compare 1380a7 current\n  npm run releases -- compare 1380a7 current --json compared.json',
    )
    .action(run);
}

async function run(first: string, second: string, { json, ...place }: Place & { json?: string }): Promise<void> {
  const find = await releaseFinder(place);
  const [one, other] = [find(first), find(second)];
  const { compareReleases } = await import('../../ml/pipeline/compare-releases.ts');
  const [earlier, later] = [await readReleaseAt(one.path), await readReleaseAt(other.path)];
  const result = await compareReleases(earlier, later);
  const print = await printerBeside(json);
  print(inWords(result, recordedTask(later.manifest)));
  await writeJson(json, result);
}

function inWords({ first, second, comparison, differences }: ReleaseComparison, task: Task): string {
  const compared =
    comparison.status === 'compared'
      ? comparedInWords(comparison, `release ${second}`, `release ${first}`, task)
      : `release ${second} cannot be compared with release ${first}: ${comparison.reason}`;
  const rows = differences.map(({ what, first, second }) => [what, shortText(first), shortText(second)]);
  return [
    `${compared.charAt(0).toUpperCase()}${compared.slice(1)}.`,
    '',
    differences.length === 0 ? 'They were made from the same.' : textTable(['what differs', first, second], rows),
  ].join('\n');
}

function shortText(value: unknown): string {
  if (value === undefined) return '–';
  return clip(typeof value === 'string' ? value : JSON.stringify(value), LONGEST_VALUE);
}
