import { ParamError } from '../ml/core/errors.ts';

/** What one work came to; the shape of every bench's JSON. Null is what was not measured. */
export interface Row {
  /** What was done; it says so where the target bounds something other than the ratio. */
  readonly work: string;
  readonly unit: string;
  readonly ours: number;
  readonly theirs: number | null;
  /** Ours ÷ theirs. */
  readonly ratio: number | null;
  readonly target: number;
  readonly holds: boolean | null;
}

/** What a target bounds. */
export const bounds = {
  ratio: ({ ratio }: Measured) => ratio,
  ours: ({ ours }: Measured) => ours,
  difference: ({ ours, theirs }: Measured) => (theirs === null ? null : Math.abs(ours - theirs)),
  /** How much higher ours is; less than zero where it is lower. */
  above: ({ ours, theirs }: Measured) => (theirs === null ? null : ours - theirs),
  /** How much lower ours is; less than zero where it is higher. */
  behind: ({ ours, theirs }: Measured) => (theirs === null ? null : theirs - ours),
};

type Measured = Pick<Row, 'ours' | 'theirs' | 'ratio'>;

/** A row from what was measured; judged before it is rounded to four digits. */
export function rowOf(
  { work, unit, target }: Pick<Row, 'work' | 'unit' | 'target'>,
  ours: number,
  theirs: number | null,
  bound: keyof typeof bounds = 'ratio',
): Row {
  const ratio = theirs === null ? null : ours / theirs;
  const bounded = bounds[bound]({ ours, theirs, ratio });
  return {
    work,
    unit,
    ours: rounded(ours),
    theirs: theirs === null ? null : rounded(theirs),
    ratio: ratio === null ? null : rounded(ratio),
    target,
    holds: bounded === null ? null : bounded <= target,
  };
}

const rounded = (value: number) => Number(value.toPrecision(4));

export function verdict(holds: boolean | null): string {
  if (holds === null) return 'not measured';
  return holds ? 'yes' : 'NO';
}

/** @throws ParamError where nothing has that name. */
export function chosen<W extends { readonly work: string }>(benchmarks: readonly W[], only = ''): readonly W[] {
  const some = benchmarks.filter(({ work }) => work.includes(only));
  if (some.length > 0) return some;
  const names = benchmarks.map(({ work }) => `\n  ${work}`).join('');
  throw new ParamError(`no work here has ${JSON.stringify(only)} in its name; there are:${names}`);
}
