import { formatExact, formatRounded } from '../core/format-number.ts';
import { rangeInWords } from '../core/range-words.ts';
import { type Declaration, type FeatureColumn, featuresOf } from '../data/declaration.ts';
import { dateRange } from '../data/kinds/date.ts';
import { kindOf } from '../data/kinds/index.ts';
import { cellWriter, columnOf, type Table } from '../data/table.ts';
import { lonelyRows } from './density.ts';
import type { Domain, LearnedColumn } from './domain.ts';
import type { Outside } from './explanation.ts';
import { rarePairFinder } from './pairs.ts';

/** Of what the training rows have; a record is told of as it was given. */
const DIGITS = 6;

const fewNeighbours = (message: string): Outside => ({ column: null, reason: 'few-neighbours', message });
const LONELY = fewNeighbours('hardly any record that was learned from is like this one as a whole');

/**
 * A function from a table of features to what of each row lies outside of what was learned from: column by column, then as a
 * whole. Made once, since it serves every request.
 */
export function outsideFinder(
  { columns, density, pairs }: Domain,
  declaration: Declaration,
): (table: Table) => Outside[][] {
  const learnedOf = new Map(columns.map((learned) => [learned.column, learned]));
  const checks = featuresOf(declaration).flatMap((column) => {
    const learned = learnedOf.get(column.name);
    return learned ? [{ name: column.name, check: columnCheck(column, learned) }] : [];
  });
  const rareOf = pairs ? rarePairFinder(pairs) : () => [];
  const titles = new Map(featuresOf(declaration).map(({ name, title }) => [name, title]));
  const together = (names: readonly string[]) => names.map((name) => titles.get(name)).join(' and ');
  return (table) => {
    const found = Array.from({ length: table.rows }, (): Outside[] => []);
    for (const { name, check } of checks) {
      for (const [row, value] of columnOf(table, name).entries()) {
        const outside = check(value);
        if (outside) found[row]?.push(outside);
      }
    }
    const lonely = new Set(density ? lonelyRows(density, table) : []);
    const rare = rareOf(table);
    for (const [row, outside] of found.entries()) {
      const pair = rare[row];
      if (pair)
        outside.push(
          fewNeighbours(`hardly any record that was learned from has ${together(pair)} like these together`),
        );
      else if (lonely.has(row)) outside.push(LONELY);
    }
    return found;
  };
}

type Check = (value: number) => Outside | undefined;

/** What is outside of a column's value; undefined where nothing is. */
function columnCheck(column: FeatureColumn, learned: LearnedColumn): Check {
  const { title } = column;
  const tell = (reason: Outside['reason'], words: string): Outside => ({
    column: column.name,
    reason,
    message: `${title} ${words}`,
  });
  const missing = learned.missing ? undefined : tell('unseen', 'is missing, as in no record that was learned from');
  const check =
    learned.kind === 'levels' ? levelCheck(column, learned.seen, tell) : rangeCheck(column, learned.range, tell);
  return (value) => (Number.isNaN(value) ? missing : check(value));
}

type Tell = (reason: Outside['reason'], words: string) => Outside;

function levelCheck(column: FeatureColumn, seen: readonly number[], tell: Tell): Check {
  const isSeen = new Set(seen);
  const show = cellWriter(column, {});
  return (code) =>
    isSeen.has(code) ? undefined : tell('unseen', `${show(code)} is in no record that was learned from`);
}

function rangeCheck(
  column: FeatureColumn,
  range: { readonly min: number; readonly max: number } | null,
  tell: Tell,
): Check {
  const { show, below, above } = wordsFor(column);
  if (!range)
    return (value) => tell('unseen', `${show(value)} was not learned from: it is missing in every such record`);
  const { min, max } = range;
  return (value) => {
    if (value < min) return tell('below', `${show(value)} is ${below(min)}`);
    if (value > max) return tell('above', `${show(value)} is ${above(max)}`);
    return undefined;
  };
}

/** How people are told of a number or date that is beyond all others: "above all that was learned from (at most 412,000 km)". */
function wordsFor(column: FeatureColumn) {
  const all = 'all that was learned from';
  const { values, unit: own } = kindOf(column);
  if (values === 'days') {
    const show = cellWriter(column, {});
    return {
      show,
      below: (min: number) => `before ${all} (${dateRange({ min: show(min) })})`,
      above: (max: number) => `after ${all} (${dateRange({ max: show(max) })})`,
    };
  }
  const unit = own === undefined ? '' : ` ${own}`;
  const about = (value: number) => `${formatRounded(value, DIGITS)}${unit}`;
  return {
    show: (value: number) => `${formatExact(value)}${unit}`,
    below: (min: number) => `below ${all} (${rangeInWords({ min }, about)})`,
    above: (max: number) => `above ${all} (${rangeInWords({ max }, about)})`,
  };
}
