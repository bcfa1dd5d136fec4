import { Command } from 'commander';
import { ReleaseError } from '../../ml/core/errors.ts';
import type { ListedRelease } from '../../ml/release/list.ts';
import type { Manifest } from '../../ml/release/manifest.ts';
import { readReleaseAt } from '../../ml/release/read.ts';
import { recordedTask } from '../../ml/release/recorded-task.ts';
import { rowsInWords } from '../../ml/release/rows-in-words.ts';
import { membersOf } from '../../ml/selection/chosen.ts';
import { judge } from '../../ml/selection/gate.ts';
import { type Scores, shown } from '../../ml/selection/metric.ts';
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

export function releasesShowCommand(): Command {
  return new Command('show')
    .description(
      'Show what a release was made from, what came of it, and whether each of its files is as it was written.',
    )
    .addArgument(releaseArgument())
    .addOption(datasetOption())
    .addOption(artifactsOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run releases -- show current\n  npm run releases -- show 1380a7 --json release.json',
    )
    .action(run);
}

async function run(name: string, { json, ...place }: Place & { json?: string }): Promise<void> {
  const release = (await releaseFinder(place))(name);
  const { id, path, state, manifest } = release;
  if (!manifest) throw new ReleaseError(release.problem ?? `release ${id} cannot be read`);
  const problem = await problemOf(path);
  const print = await printerBeside(json);
  const written = release.written.toISOString();
  print(`Release ${id}, ${state}${textTable(['', ''], linesOf(release, manifest, problem))}`);
  await writeJson(json, { id, path, state, written, problem, manifest });
}

/** What is wrong with its files; null where each is as it was written. */
async function problemOf(path: string): Promise<string | null> {
  try {
    await readReleaseAt(path, { rows: 'checked' });
    return null;
  } catch (error) {
    if (error instanceof ReleaseError) return error.message;
    throw error;
  }
}

function linesOf({ path, written }: ListedRelease, manifest: Manifest, problem: string | null): [string, string][] {
  const { dataset, positive, data, chosen, why, holdout, baseline, plan, folds, seed, commit, code, versions } =
    manifest;
  const task = recordedTask(manifest);
  const scores = (each: Scores) =>
    task.metrics
      .filter(({ name }) => each[name] !== undefined)
      .map((metric) => `${metric.title} ${shown(metric, each)}`)
      .join(', ');
  const { released, forced, reason } = judge(manifest, task);
  const verdict = forced ? 'forced' : released ? 'released' : 'held back';
  const members = membersOf(chosen).map(
    ({ model, params, parts }) => `${model} ${JSON.stringify(params)}${parts > 1 ? `, ${parts} fits` : ''}`,
  );
  return [
    ['  folder', path],
    ['  written', `${written.toISOString().slice(0, 16).replace('T', ' ')} UTC`],
    ['  files', problem ?? 'as they were written'],
    ['  verdict', `${verdict}: ${reason}`],
    ['  model', members.join('; ')],
    ['  chosen', why ?? 'an older version did not record why'],
    ['  held-out rows', scores(holdout)],
    ['  over the folds', `${scores(chosen.cv)} (${folds} ${folds === 1 ? 'fold' : 'folds'})`],
    ['  baseline', baseline.status === 'scored' ? `${baseline.model}: ${scores(baseline.cv)}` : baseline.reason],
    ['  data', `${dataset.title}: ${rowsInWords(manifest)}`],
    ['  rows', `sha256 ${data.sha256}`],
    ['  target', positive === undefined ? dataset.target : `${dataset.target} (of interest: ${positive})`],
    ['  search', plan ? `${plan.search} of ${plan.models.join(', ')}` : 'an older version did not record it'],
    ['  seed', String(seed)],
    ['  code', `${commit ?? 'outside git'}${code === null ? '' : `, sha256 ${code}`}`],
    [
      '  versions',
      Object.entries(versions)
        .map((entry) => entry.join(' '))
        .join(', '),
    ],
  ];
}
