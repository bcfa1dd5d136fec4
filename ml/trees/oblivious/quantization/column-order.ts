import type { ColumnCandidate, LevelCandidate, NumberCandidate, SharedBins } from '../scoring/candidate.ts';
import { type Binned, bundlesOf } from './bundles.ts';

/** A candidate whose bins are not yet in the kernel's words. */
export type Unpacked<C extends ColumnCandidate> = Omit<C, 'words' | 'shift'>;

type UnpackedCandidate = Unpacked<NumberCandidate> | Unpacked<LevelCandidate>;

/** A column, binned, and whether it may be split by its bins: not if it is a category of many levels. */
export interface BinnedColumn extends Binned {
  readonly column: number;
  readonly candidate?: UnpackedCandidate;
}

/** A column that may be split by its bins. */
export type SplittableColumn = BinnedColumn & { readonly candidate: UnpackedCandidate };

const isSplittable = (column: BinnedColumn): column is SplittableColumn => column.candidate !== undefined;

/**
 * The columns that may be split in the order in which the reference looks at them, since of equal scores the first wins: those that it neither
 * bundles nor packs; bundles; and packs, of columns of two bins.
 *
 * @param binned numbers first, and no column whose values are all alike
 * @param columns how many columns there are
 * @param exact whether they are given the histogram that the reference has of them and others
 */
export function inOrder(binned: readonly BinnedColumn[], columns: number, exact: boolean): SplittableColumn[] {
  const byColumn: (BinnedColumn | undefined)[] = Array.from({ length: columns });
  for (const each of binned) byColumn[each.column] = each;
  const bundles = bundlesOf(byColumn).map((members) => members.map((column) => byColumn[column]!));
  const others = binned.filter((each) => !bundles.some((members) => members.includes(each)));
  const wide = others.filter(({ binCount }) => binCount > 2);
  const narrow = others.filter(({ binCount }) => binCount === 2);
  const packs = narrow.flatMap((_, at) => (at % PACKED === 0 ? [narrow.slice(at, at + PACKED)] : []));
  const shared = exact ? share : (members: readonly BinnedColumn[]) => members;
  const ensembles = [
    ...bundles.map((members) => shared(members, () => bundle(members))),
    ...packs.map((members) => shared(members, () => pack(members))),
  ];
  return [...wide, ...ensembles.flatMap(numbered)].filter(isSplittable);
}

function numbered(members: readonly BinnedColumn[], ensemble: number): BinnedColumn[] {
  return members.map(({ candidate, ...rest }) =>
    candidate ? { ...rest, candidate: { ...candidate, ensemble } } : rest,
  );
}

function share(members: readonly BinnedColumn[], bins: () => SharedBins): BinnedColumn[] {
  const of = bins();
  return members.map(({ candidate, ...rest }, member) => {
    if (candidate === undefined) return rest;
    // Bin 0 of a bundled category is a place to split too, even of two.
    const oneHot = candidate.oneHot || (of.starts !== undefined && candidate.kind === 'level');
    return { ...rest, candidate: { ...candidate, oneHot, share: { of, member } } };
  });
}

/** How many columns a pack has at most. */
const PACKED = 8;

/** A pack of columns of two bins: each of its bins is a pattern of theirs that some row has. */
function pack(columns: readonly Binned[]): SharedBins {
  const patternOf = Uint8Array.from(columns[0]!.bins, (_, row) =>
    columns.reduce((pattern, { bins }, at) => pattern | (bins[row]! << at), 0),
  );
  const patterns = Uint8Array.from(new Set(patternOf)).sort();
  const bins = Uint16Array.from(patternOf, (pattern) => patterns.indexOf(pattern));
  return { bins, binCount: patterns.length, patterns };
}

/** The columns of a bundle: no two of them are out of bin 0 in one row. */
function bundle(columns: readonly Binned[]): SharedBins {
  const starts = [0];
  for (const { binCount } of columns) starts.push(starts.at(-1)! + binCount - 1);
  const last = starts.at(-1)!;
  const bins = new Uint16Array(columns[0]!.bins.length).fill(last);
  columns.forEach((column, at) => {
    for (let row = 0; row < bins.length; row++)
      if (column.bins[row]! > 0) bins[row] = starts[at]! + column.bins[row]! - 1;
  });
  return { bins, binCount: last + 1, starts };
}
