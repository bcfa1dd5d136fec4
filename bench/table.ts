import { InvalidArgumentError, Option } from 'commander';
import { textTable } from '../cli/output.ts';
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

/** What a target is the most of. */
export const bounds = {
  ratio: ({ ratio }: Measured) => ratio,
  ours: ({ ours }: Measured) => ours,
  difference: ({ ours, theirs }: Measured) => (theirs === null ? null : Math.abs(ours - theirs)),
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

/** The rows for people. */
export function printRows(rows: readonly Row[]): string {
  const header = ['work', 'unit', 'ours', 'theirs', 'ratio', 'target', 'holds'];
  const cells = rows.map(({ work, unit, ours, theirs, ratio, target, holds }) => [
    work,
    unit,
    ...[ours, theirs, ratio].map((value) => (value === null ? '–' : String(value))),
    `≤ ${target}`,
    verdict(holds),
  ]);
  return textTable(header, cells, ['ours', 'theirs', 'ratio', 'target']);
}

export function verdict(holds: boolean | null): string {
  if (holds === null) return 'not measured';
  return holds ? 'yes' : 'NO';
}

/** `--only TEXT`, which every bench takes. */
export function onlyOption(): Option {
  return new Option('--only <text>', 'only the works whose name has this text');
}

/** @throws ParamError where nothing has that name. */
export function chosen<W extends { readonly work: string }>(works: readonly W[], only = ''): readonly W[] {
  const some = works.filter(({ work }) => work.includes(only));
  if (some.length > 0) return some;
  const names = works.map(({ work }) => `\n  ${work}`).join('');
  throw new ParamError(`no work here has ${JSON.stringify(only)} in its name; there are:${names}`);
}

/** A whole number from 1, as an option has it. */
export function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}
