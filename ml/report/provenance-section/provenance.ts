// All that it takes to train a release again, and what it was not trained on, as Markdown.

import { type Column, featuresOf } from '../../data/declaration.ts';
import { kindOf } from '../../data/kinds/index.ts';
import type { Manifest } from '../../release/manifest.ts';
import { recordedTask } from '../../release/recorded-task.ts';
import { rowsInWords } from '../../release/rows-in-words.ts';
import { membersOf } from '../../selection/chosen.ts';
import { code, count, plain, table } from '../markdown.ts';
import { paramsText } from '../models-section/params-text.ts';

const LONG = 2000;
const SENTENCE = 200;
const MOST_LEFT_OUT = 20;
const MOST_ASSUMED = 20;

/** A table of what went into the training, a line for each thing. */
export function wentInto(manifest: Manifest): string {
  const { dataset, data, seed, plan, folds, threshold, versions, commit, code: ofCode, chosen, trials } = manifest;
  const task = recordedTask(manifest);
  const { partialTrials = [], imported } = manifest;
  const tried = trials
    ? `${count(trials.length)} in all folds${partialTrials.length > 0 ? `, ${count(partialTrials.length)} more on few rows or in some folds` : ''}`
    : 'not recorded';
  const members = membersOf(chosen).map(({ model, params, features = [], parts }) => {
    const made = features.length > 0 ? `made features: ${features.map(({ recipe }) => recipe).join(', ')}` : '';
    const told = [paramsText(params), made, parts > 1 ? `the mean of ${parts} fits` : ''].filter((text) => text !== '');
    return told.length === 0 ? model : `${model} (${told.join(', ')})`;
  });
  const lines: [string, string][] = [
    ['data', `${plain(dataset.title)}, ${code(`sha256:${data.sha256}`)} of the accepted rows in declared order`],
    ['rows', rowsInWords(manifest)],
    ['held out', heldOutBy(manifest)],
    ['seed', String(seed)],
    ['target', plain(dataset.target)],
    ['search', plan ? plain(searchOf(plan, folds), LONG) : 'not recorded'],
    ['candidates', tried],
    ['compared by', plain(task.objective.title)],
    [
      'gate',
      imported
        ? 'none: it was imported'
        : `${plain(task.gate.metric.title)}, ${task.gate.metric.direction === 'higher' ? 'at least' : 'at most'} ${threshold}`,
    ],
    ...(imported ? [['file', code(`sha256:${imported.sha256}`)] satisfies [string, string]] : []),
    ['model', plain(members.join('; '), LONG)],
    [
      'code',
      `${commit === null ? 'outside git' : code(commit)}${ofCode === null ? '' : `, ${code(`sha256:${ofCode}`)}`}`,
    ],
    [
      'versions',
      plain(
        Object.entries(versions)
          .map((entry) => entry.join(' '))
          .join(', '),
        LONG,
      ),
    ],
  ];
  return table([{ title: 'what' }, { title: 'as it was' }], lines);
}

function searchOf(
  { search, preset, models, given, trials, prefer, reduced }: NonNullable<Manifest['plan']>,
  folds: number,
): string {
  const fixed = Object.entries(given).filter(([, params]) => Object.keys(params).length > 0);
  return [
    `${preset ?? search} of ${models.join(', ')}`,
    `${folds} folds`,
    ...(trials === null ? [] : [`${trials} candidates of each`]),
    `of models that are about as good the ${prefer === 'accurate' ? 'most accurate' : `${prefer} one`}`,
    ...(reduced ? ['fewer folds or rows than planned, since the budget had no time for all'] : []),
    ...(reduced?.leftOut
      ? [`without ${reduced.leftOut.join(', ')}, which had no memory to learn from as many rows`]
      : []),
    ...fixed.map(([model, params]) => `${model} with ${paramsText(params)}`),
  ].join('; ');
}

function heldOutBy({ dataset: { group, time }, data: { split } }: Manifest): string {
  if (split === 'given') return 'as given';
  const by = [
    ...(time === undefined ? [] : [`the latest by ${plain(time)}`]),
    ...(group === undefined ? [] : [`whole groups by ${plain(group)}`]),
  ];
  return by.length > 0 ? by.join(', ') : 'a fifth, chosen by the seed';
}

/** Rows and columns that the model did not learn from, and what was assumed. */
export function leftOut({ dataset, data, imported }: Manifest): string {
  const { target, weight, group, assumed = [] } = dataset;
  const features = new Set(featuresOf(dataset).map(({ name }) => name));
  const kept = dataset.columns.filter(({ name }) => !features.has(name) && name !== target);
  const lines = [
    ...(data.dropped > 0 ? [`${count(data.dropped)} rows without a target`] : []),
    ...kept.slice(0, MOST_LEFT_OUT).map((column) => `${plain(column.title)}: ${whyKeptOut(column, { weight, group })}`),
    ...(kept.length > MOST_LEFT_OUT ? [`… and ${count(kept.length - MOST_LEFT_OUT)} more columns`] : []),
  ];
  return [
    lines.length === 0
      ? imported
        ? 'The model reads every declared column. What it learned from is not known here.'
        : 'Nothing was left out: the model learned from every declared column, and every row has a target.'
      : `Left out:\n\n${lines.map((line) => `- ${line}`).join('\n')}`,
    ...assumptions(assumed),
  ].join('\n\n');
}

/** What was assumed when the declaration was written, where it says so. */
function assumptions(assumed: readonly string[]): string[] {
  if (assumed.length === 0) return [];
  const left = assumed.length - MOST_ASSUMED;
  const told = [
    ...assumed.slice(0, MOST_ASSUMED).map((sentence) => plain(sentence, SENTENCE)),
    ...(left > 0 ? [`… and ${count(left)} more`] : []),
  ];
  return ['Assumed:', told.map((line) => `- ${line}`).join('\n')];
}

function whyKeptOut(
  column: Column,
  { weight, group }: { weight?: string | undefined; group?: string | undefined },
): string {
  const { name } = column;
  if (name === weight) return 'says how much rows count';
  if (name === group) return 'says which rows belong together';
  return plain(kindOf(column).keptOut ?? column.kind, SENTENCE);
}
