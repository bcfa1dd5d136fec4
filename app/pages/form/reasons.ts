import { type Explanation, type FeatureColumn, formatExact, formatRounded } from '../../../ml/index.ts';

const STRONGEST = 3;
/** What is as small beside the largest contribution is what rounding left. */
const NEGLIGIBLE = 1e-6;

/** What made a prediction, in words. */
export interface Reasons {
  /** What the model predicts on average; where it is estimated, of a typical record. */
  readonly base: string;
  readonly strongest: readonly Reason[];
  /** What all other fields did together; undefined where there are none. */
  readonly others: Reason | undefined;
  /** Whether it is estimated, by sampling. */
  readonly isEstimated: boolean;
}

interface Reason {
  /** "Reading score 87". */
  readonly what: string;
  /** "raised it by 12.3". */
  readonly did: string;
}

/** The fields that moved a prediction furthest; undefined where none did. */
export function reasonsOf(
  { contributions, base, method }: Explanation,
  features: readonly FeatureColumn[],
  record: Readonly<Record<string, unknown>>,
): Reasons | undefined {
  const moves = features
    .map((column) => ({ column, by: contributions[column.name] ?? 0 }))
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
  const negligible = NEGLIGIBLE * Math.abs(moves[0]?.by ?? 0);
  const effectOf = (by: number) =>
    Math.abs(by) <= negligible
      ? 'changed nothing'
      : `${by > 0 ? 'raised' : 'lowered'} it by ${formatRounded(Math.abs(by))}`;
  const strongest = moves.slice(0, STRONGEST).filter(({ by }) => Math.abs(by) > negligible);
  if (strongest.length === 0) return undefined;
  const others = moves.slice(strongest.length);
  const together = others.reduce((sum, { by }) => sum + by, 0);
  return {
    base: formatRounded(base),
    strongest: strongest.map(({ column, by }) => ({
      what: `${column.title} ${shownValue(record[column.name])}`,
      did: effectOf(by),
    })),
    others: others.length === 0 ? undefined : { what: othersInWords(others.length), did: effectOf(together) },
    isEstimated: method === 'sampled',
  };
}

const shownValue = (value: unknown) =>
  value === null ? '(not known)' : typeof value === 'number' ? formatExact(value) : String(value);

const othersInWords = (count: number) => (count === 1 ? 'The other field' : `The ${count} other fields together`);
