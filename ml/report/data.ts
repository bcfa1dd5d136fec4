// What a release records of the data that it learned from.

import type { Column } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { rangeWithUnit, withUnits } from '../data/kinds/with-unit.ts';
import type { ColumnEncoding } from '../features/column-encoding.ts';
import { bar, brief, count, plain, spread, table } from './markdown.ts';
import type { ReleaseRecord } from './records.ts';

/** A comment takes 65,536 characters, and nobody reads more. */
const mostColumns = 40;
const mostLevels = 8;
const longestSentence = 300;

export function rows({ manifest: { data, dataset, plan } }: ReleaseRecord): string {
  const all = data.rows + data.dropped;
  const { group, time } = dataset;
  const which = [
    ...(time === undefined ? [] : [`the latest by ${plain(time)}`]),
    ...(group === undefined ? [] : [`whole groups by ${plain(group)}`]),
  ];
  const split = data.split === 'given' ? 'as given' : which.join(', ') || 'chosen by the seed';
  const toLearn = plan?.reduced?.of ?? data.train;
  const between = data.rows - toLearn - data.test;
  const apart: [string, number, string][] =
    between > 0
      ? [['on neither side', between, 'earlier rows of the groups that are held out, later ones of the others']]
      : [];
  const parts: [string, number, string][] = [
    ['learned from', data.train, triedOn(plan?.reduced?.rows, data.train)],
    ['held out', data.test, split],
    ...(toLearn > data.train
      ? [['not drawn', toLearn - data.train, 'more than the budget had time for'] as [string, number, string]]
      : []),
    ...apart,
    ['dropped', data.dropped, 'without a target'],
  ];
  return table(
    [{ title: 'rows' }, { title: count(all), align: 'right' }, { title: 'of all' }, { title: '' }],
    parts.map(([title, number, note]) => [title, count(number), bar(number / all), number > 0 ? note : '']),
  );
}

/** What a budget had time for, where candidates were tried on fewer rows than the chosen model has learned from. */
const triedOn = (tried: number | undefined, learned: number) =>
  tried === undefined || tried >= learned ? '' : `candidates were tried on ${count(tried)} of them, drawn at random`;

export function columns({ manifest: { dataset }, preprocessing, features }: ReleaseRecord): string {
  const shown = dataset.columns.slice(0, mostColumns);
  const left = dataset.columns.length - shown.length;
  const lines = shown.map((column) => {
    const encoding = preprocessing.columns.find((each) => each.column === column.name);
    const role =
      {
        [dataset.target]: ' **target**',
        [dataset.weight ?? '']: ' **weight**',
        [dataset.group ?? '']: ' **group**',
        [dataset.time ?? '']: ' **time**',
      }[column.name] ?? '';
    const name = `\`${column.name}\`${role}`;
    return [name, plain(column.title), allowed(column), learned(column, encoding), drawn(column, encoding)];
  });
  const text = table(
    ['column', 'title', 'takes', 'learned', ''].map((title) => ({ title })),
    lines,
  );
  const more = left > 0 ? [`… and ${left} more columns.`] : [];
  return [text, ...more, ...(features === '' ? [] : [features])].join('\n\n');
}

function allowed(column: Column): string {
  const kind = kindOf(column);
  const { values, levels, keptOut, unit, step, limits, allowed } = kind;
  if (levels) {
    const some = levels
      .slice(0, mostLevels)
      .map((level) => plain(level))
      .join(' · ');
    const left = levels.length - mostLevels;
    return `${levels.length} levels: ${some}${left > 0 ? ` · … ${left} more` : ''}`;
  }
  if (keptOut !== undefined) return `${values === 'none' ? 'not read' : allowed()}, as ${plain(keptOut)}`;
  if (values !== 'number') return allowed();
  const anyNumber = unit === undefined ? 'any number' : `any number ${plain(unit)}`;
  const range = rangeWithUnit(limits, kind, brief, plain) ?? anyNumber;
  const steps = step === undefined ? '' : `, in steps of ${brief(step)}`;
  return `${range}${steps}`;
}

function learned(column: Column, encoding: ColumnEncoding | undefined): string {
  if (!encoding) return '';
  if (encoding.kind === 'categorical') {
    const level = encoding.levels[encoding.impute];
    return level === undefined ? '' : `most often ${plain(level)}`;
  }
  const kind = kindOf(column);
  const { values, writer } = kind;
  if (values === 'days') {
    const [mean, median] = [encoding.mean, encoding.impute].map(writer([]));
    return `mean ${mean}, deviation ${brief(encoding.scale)} days, median ${median}`;
  }
  const numbers = [encoding.mean, encoding.scale, encoding.impute].map(brief);
  const [mean, deviation, median] = withUnits(numbers, kind, plain);
  return `mean ${mean}, deviation ${deviation}, median ${median}`;
}

/** Where the values lie in the range that is allowed: the mean, and a standard deviation to both sides. */
function drawn(column: Column, encoding: ColumnEncoding | undefined): string {
  if (encoding?.kind !== 'numeric') return '';
  const { min, max } = kindOf(column).limits;
  if (min === undefined || max === undefined) return '';
  return spread(encoding.mean, encoding.scale, [min, max]);
}

/** What was assumed of the data when it was declared; nothing where nothing was. */
export function assumed({ manifest: { dataset } }: ReleaseRecord): string {
  const sentences = (dataset.assumed ?? []).slice(0, mostColumns);
  if (sentences.length === 0) return '';
  return `Assumed of the data:\n\n${sentences.map((sentence) => `- ${plain(sentence, longestSentence)}`).join('\n')}`;
}
