import { type Binned, bundlesOf } from './bundles.ts';
import type { LevelCandidate, NumberCandidate } from './columns.ts';
import { bundle, PACKED, pack, type SharedBins } from './shared-bins.ts';

/** A candidate whose bins are not yet in the kernel's words. */
export type Unpacked<C extends NumberCandidate | LevelCandidate> = Omit<C, 'words' | 'shift'>;

type ColumnCandidate = Unpacked<NumberCandidate> | Unpacked<LevelCandidate>;

/** A column, binned, and whether it may be split by its bins: not if it is a category of many levels. */
export interface BinnedColumn extends Binned {
  readonly column: number;
  readonly candidate?: ColumnCandidate;
}

/** A column that may be split by its bins. */
export type SplittableColumn = BinnedColumn & { readonly candidate: ColumnCandidate };

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
