import {
  type FeatureColumn,
  featureKindOf,
  formatExact,
  formatRounded,
  formatShare,
  type Method,
} from '../../../ml/serving.ts';

/** So many bars can be taken in at a glance. */
const STRONGEST = 6;
/** What is as small beside the largest contribution is what rounding left. */
const NEGLIGIBLE = 1e-6;

/** What made a prediction, in words and as bars. */
export interface Reasons {
  /** What the model predicts on average; where it is estimated, of a typical record. */
  readonly base: string;
  readonly strongest: readonly Reason[];
  /** What all other fields did together; undefined where there are none. */
  readonly others: Reason | undefined;
  /** Where the bars begin, from 0 to 100. */
  readonly zero: number;
  /** Whether it is estimated, by sampling. */
  readonly isEstimated: boolean;
  /** The class whose odds they moved; undefined of a number. */
  readonly of?: string | undefined;
}

interface Reason {
  /** "Reading score". */
  readonly what: string;
  /** "87"; lacking of several fields. */
  readonly value?: string;
  /** "raised it by 12.3". */
  readonly did: string;
  readonly bar: Bar;
}

/** From 0 to 100. */
interface Bar {
  readonly way: 'raised' | 'lowered';
  readonly from: number;
  readonly width: number;
}

/** What a prediction is made of. */
interface Made {
  readonly base: number;
  readonly contributions: Readonly<Record<string, number>>;
  readonly method: Method;
}

/** How contributions are told. */
interface Wording {
  baseOf(base: number): string;
  /** What a contribution that is not negligible did. */
  effectOf(by: number): string;
  readonly of?: string;
}

interface Told {
  readonly features: readonly FeatureColumn[];
  readonly record: Readonly<Record<string, unknown>>;
  readonly wording: Wording;
}

/** Of a number, in its unit. */
export const numberWording: Wording = {
  baseOf: (base) => formatRounded(base),
  effectOf: (by) => `${by > 0 ? 'raised' : 'lowered'} it by ${formatRounded(Math.abs(by))}`,
};

/** Of the log-odds of a class: odds that were 1 to 4 and were doubled are 2 to 4. */
export const oddsWording = (of: string): Wording => ({
  of,
  baseOf: (base) => formatShare(1 / (1 + Math.exp(-base))),
  effectOf(by) {
    if (by < 0) return `lowered the odds by ${unbroken(-Math.expm1(by))}`;
    return by < Math.LN2
      ? `raised the odds by ${unbroken(Math.expm1(by))}`
      : `multiplied the odds by ${formatRounded(Math.exp(by), 2)}`;
  },
});

/** Without a break before its sign. */
const unbroken = (share: number) => formatShare(share).replace(' ', '\u00a0');

/** The fields that moved a prediction furthest; undefined where none did. */
export function reasonsOf(
  { contributions, base, method }: Made,
  { features, record, wording }: Told,
): Reasons | undefined {
  const moves = features
    .map((column) => ({ column, by: contributions[column.name] ?? 0 }))
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const negligible = NEGLIGIBLE * Math.abs(moves[0]?.by ?? 0);
  const effectOf = (by: number) => (Math.abs(by) <= negligible ? 'changed nothing' : wording.effectOf(by));
  const strongest = moves.slice(0, STRONGEST).filter(({ by }) => Math.abs(by) > negligible);
  if (strongest.length === 0) return undefined;
  const others = moves.slice(strongest.length);
  const together = others.reduce((sum, { by }) => sum + by, 0);
  const { zero, barOf } = barScale([together, ...strongest.map(({ by }) => by)]);
  return {
    base: wording.baseOf(base),
    strongest: strongest.map(({ column, by }) => ({
      what: column.title,
      value: shownValue(column, record[column.name]),
      did: effectOf(by),
      bar: barOf(by),
    })),
    others:
      others.length === 0
        ? undefined
        : { what: othersInWords(others.length), did: effectOf(together), bar: barOf(together) },
    zero,
    isEstimated: method === 'sampled',
    of: wording.of,
  };
}

/** Bars to both sides of a line, all by the same measure. */
function barScale(all: readonly number[]): { readonly zero: number; barOf(by: number): Bar } {
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  // Halves, since the difference of two numbers may be more than a number holds.
  const length = (by: number) => (50 * Math.abs(by)) / (high / 2 - low / 2);
  const zero = length(low);
  return {
    zero,
    barOf: (by) => ({
      way: by < 0 ? 'lowered' : 'raised',
      from: by < 0 ? zero - length(by) : zero,
      width: length(by),
    }),
  };
}

function shownValue(column: FeatureColumn, value: unknown): string {
  if (value === null) return '(not known)';
  if (typeof value === 'number') return formatExact(value);
  const control = featureKindOf(column).control();
  const option = 'options' in control && control.options.find((each) => each.value === value);
  return option ? option.label : String(value);
}

const othersInWords = (count: number) => (count === 1 ? 'The other field' : `The ${count} other fields together`);
