import { shortList } from '../../../core/short-list.ts';
import type { DeducedColumn } from '../deduce-columns.ts';
import { type Deduction, deduced, isKeptOut } from '../deduction.ts';
import { saysAfterwards } from '../header-hints.ts';
import { numericValues, type SampleValues, sampleValues } from '../sample-values.ts';
import { leakOf } from './leak-of.ts';
import type { TargetForm } from './target-forms.ts';
import { type TargetRelation, targetRelations } from './target-relations.ts';

/**
 * Columns with what gives the target away: a column that says it in other words is kept out, and so are several that together are a code
 * of it, or add up to it, unless nothing else were left to predict from; of those that nearly say it, or whose name speaks of what comes
 * afterwards, somebody is told.
 *
 * @param taken places of columns that are no features
 */
export function keepOutLeaks(
  columns: readonly DeducedColumn[],
  target: number,
  taken: ReadonlySet<number>,
): DeducedColumn[] {
  const aim = columns[target] as DeducedColumn;
  const wanted = sampleValues(aim.view, aim.deduction);
  const features = new Set(columns.flatMap((column, j) => (taken.has(j) || isKeptOut(column.deduction.is) ? [] : [j])));
  const leaks = withIndicators(
    columns.map((column, j) =>
      features.has(j) ? leakOf(sampleValues(column.view, column.deduction), wanted) : undefined,
    ),
    wanted,
  );
  const others = columns.filter((_, j) => features.has(j) && !leaks[j]?.isCopy);
  if (others.length === 0) return told(columns, target, { features, leaks: leaks.map(asTold), relations: [] });
  const relations = aim.deduction.is.kind === 'numeric' ? relationsOf(others, wanted.values) : [];
  const plain = relations.filter(({ isPlain }) => isPlain);
  const parts = new Set(plain.flatMap(({ names }) => names));
  const areLeft = others.some(({ name }) => !parts.has(name));
  const open = relations.filter(({ isPlain }) => !isPlain || !areLeft);
  const kept = told(columns, target, { features, leaks, relations: open });
  return areLeft ? withoutParts(kept, target, plain) : kept;
}

/** A class for each of several columns that each are 1 for one class alone is a code of the target. */
function withIndicators(leaks: readonly (TargetForm | undefined)[], { texts = 0 }: SampleValues) {
  const indicated = new Set(leaks.flatMap((leak) => leak?.indicates ?? []));
  if (texts < 3 || indicated.size < texts - 1) return leaks;
  const reason =
    'it is a part of a code of the target: for each class there is a column that says whether it is that one';
  return leaks.map((leak) => (leak?.indicates === undefined ? leak : { ...leak, isCopy: true, reason }));
}

const asTold = (leak: TargetForm | undefined) => leak && { ...leak, isCopy: false };

function relationsOf(columns: readonly DeducedColumn[], target: Float64Array): TargetRelation[] {
  const numbers = columns.flatMap(({ name, view, deduction }) => {
    const values = numericValues(view, deduction);
    return values ? [{ name, values }] : [];
  });
  return targetRelations(target, numbers);
}

/** What was found of columns. */
interface Found {
  /** Places of those that models read. */
  readonly features: ReadonlySet<number>;
  /** Of each column. */
  readonly leaks: readonly (TargetForm | undefined)[];
  readonly relations: readonly TargetRelation[];
}

/** Columns with what each of them, and the target, are to be looked at for; copies are kept out. */
function told(
  columns: readonly DeducedColumn[],
  target: number,
  { features, leaks, relations }: Found,
): DeducedColumn[] {
  return columns.map((column, j) => {
    if (j === target)
      return withLook(
        column,
        relations.map(
          ({ formula, names, where }) =>
            `it is ${formula} in ${where}; make ${shortList(names)} "kind": "leaking" if they are known only once it is`,
        ),
      );
    if (!features.has(j)) return column;
    const leak = leaks[j];
    if (leak?.isCopy) return { ...column, deduction: deduced({ kind: 'leaking', reason: leak.reason }, leak.reason) };
    // A day predicts what changes slowly.
    const nearly =
      leak && column.deduction.is.kind !== 'date'
        ? [`${leak.reason}; make it "kind": "leaking" if it is known only once the target is`]
        : [];
    const hinted =
      saysAfterwards(column.view.words) && !leak
        ? ['its name sounds like what is known only afterwards; leave it out if so']
        : [];
    return withLook(column, [...nearly, ...hinted]);
  });
}

/** What adds up to the target is known only together with it; else nobody would need a model. */
function withoutParts(
  columns: readonly DeducedColumn[],
  target: number,
  relations: readonly TargetRelation[],
): DeducedColumn[] {
  const name = columns[target]?.name as string;
  return columns.map((column, j) => {
    if (j === target)
      return withLook(
        column,
        relations.map(
          ({ formula, names, where }) =>
            `it is ${formula} in ${where}, so ${shortList(names)} are left out, as known only once it is; where they are known before, no model is needed`,
        ),
      );
    const relation = relations.find(({ names }) => names.includes(column.name));
    if (!relation) return column;
    const reason = `it is a part of the target: ${name} = ${relation.formula}`;
    return { ...column, deduction: deduced({ kind: 'leaking', reason }, reason) };
  });
}

const withLook = (column: DeducedColumn, look: readonly string[]): DeducedColumn =>
  look.length === 0 ? column : { ...column, deduction: withSentences(column.deduction, look) };

const withSentences = (deduction: Deduction, look: readonly string[]): Deduction => ({
  ...deduction,
  look: [...deduction.look, ...look],
});
