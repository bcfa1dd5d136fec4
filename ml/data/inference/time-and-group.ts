import type { ColumnView, Deduction } from './deduction.ts';
import { saysEntity, saysIdentifier, saysTime } from './header-hints.ts';
import { type SampleValues, sampleValues } from './sample-values.ts';

/** A column that may say which rows belong together, or when they were. */
export interface Suspicion {
  /** Whether it is declared so; else somebody should look. */
  readonly isStrong: boolean;
  readonly reason: string;
}

const FEWEST_TIMES = 20;
/** Years, mostly, of which each has many rows. */
const FEWEST_NUMBERED = 5;
/** From row to row the target changes by less than between any two rows: so much of its variance stays. */
const ALIKE = 0.5;
const FEWEST_GROUPS = 10;

/** A column of dates, or of numbers that say when, by which the rows are ordered: strong where rows beside each other have similar targets on dates. */
export function suspectTime(view: ColumnView, deduction: Deduction, target: SampleValues): Suspicion | undefined {
  const { summary, known, words } = view;
  const isDate = deduction.is.kind === 'date';
  const isNumber = deduction.is.kind === 'numeric' && saysTime(words);
  if (!(isDate || isNumber) || known < summary.rows) return undefined;
  if (summary.values.distinct < (isDate ? FEWEST_TIMES : FEWEST_NUMBERED)) return undefined;
  const { values } = sampleValues(view, deduction);
  const isOrdered = (sign: number) =>
    values.every((value, i) => i === 0 || sign * (value - (values[i - 1] as number)) >= 0);
  if (values.some(Number.isNaN) || !(isOrdered(1) || isOrdered(-1))) return undefined;
  const alike = neighboursAlike(target);
  // A year is more than a time: the rows of one are not in order.
  return isDate && alike > ALIKE
    ? { isStrong: true, reason: 'the rows are in its order, and rows beside each other have similar targets' }
    : { isStrong: false, reason: 'the rows are in its order' };
}

/** How much more alike the targets of rows beside each other are than those of any rows: 0 is not at all, 1 fully. */
function neighboursAlike({ values, texts }: SampleValues): number {
  const known = values.filter((value) => !Number.isNaN(value));
  if (known.length < 3) return 0;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  let [beside, any] = [0, 0];
  if (texts === undefined) {
    known.forEach((value, i) => {
      any += 2 * (value - mean) ** 2;
      if (i > 0) beside += (value - (known[i - 1] as number)) ** 2;
    });
    return any > 0 ? 1 - beside / any : 0;
  }
  const counts = new Map<number, number>();
  known.forEach((value, i) => {
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (i > 0 && value !== known[i - 1]) beside += 1;
  });
  any = 1 - [...counts.values()].reduce((sum, count) => sum + (count / known.length) ** 2, 0);
  return any > 0 ? 1 - beside / known.length / any : 0;
}

/** A column that names what several rows are about: strong where that is someone, and each has several rows. */
export function suspectGroup({ summary, known, words }: ColumnView, { is }: Deduction): Suspicion | undefined {
  if (is.kind !== 'identifier' && is.kind !== 'categorical' && is.kind !== 'numeric') return undefined;
  const { distinct } = summary.values;
  const isNamed = saysIdentifier(words) || saysEntity(words);
  const each = known / distinct;
  if (!isNamed || distinct < FEWEST_GROUPS || each < 1.5) return undefined;
  const inBlocks = summary.changes + 1 < known / 2 && summary.changes + 1 < distinct * 1.5;
  const repeats = `each of its ${distinct.toLocaleString('en')} values is in ${each.toFixed(1)} rows on average${inBlocks ? ', one after the other' : ''}`;
  const isSomeone = saysEntity(words) && (saysIdentifier(words) || is.kind === 'identifier' || inBlocks);
  return { isStrong: isSomeone && each >= 2, reason: repeats };
}
