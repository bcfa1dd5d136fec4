import { formatRounded, formatShare } from '../../../core/format-number.ts';
import type { ColumnSum } from './column-sum.ts';
import { numbersOf } from './exact-numbers.ts';
import { type ExactProduct, exactProduct } from './exact-products.ts';
import { exactSum } from './exact-sums.ts';

/** A column of numbers that may be a part of the target. */
export interface NamedValues {
  readonly name: string;
  readonly values: Float64Array;
}

/** Columns of which the target follows by arithmetic. */
export interface TargetRelation {
  readonly names: readonly string[];
  /** "cost_other + cost_repair". */
  readonly formula: string;
  /** Whether it only adds, subtracts, averages, multiplies or divides, without numbers that somebody would have to have chosen. */
  readonly isPlain: boolean;
  /** "every row", or how many of them it holds in. */
  readonly where: string;
}

/** Of more columns there is nothing to be seen that a few rows would not show by chance, and it takes long. */
const MOST_COLUMNS = 300;
/** A target may be the sum of months, and of quarters. */
const MOST_RELATIONS = 4;
/** Of a sum so many columns are named. */
const MOST_NAMED = 6;
const DIGITS = 5;

/**
 * The arithmetic by which a target of numbers follows from other columns, to the last digit: sums, differences and means of any of them,
 * products and ratios of two. A column is in one relation at most.
 */
export function targetRelations(target: Float64Array, columns: readonly NamedValues[]): TargetRelation[] {
  if (columns.length < 2 || columns.length > MOST_COLUMNS) return [];
  const wanted = numbersOf(target);
  if (!(wanted.spread > 0)) return [];
  const relations: TargetRelation[] = [];
  let left = columns.map(({ name, values }) => ({ name, numbers: numbersOf(values) })).filter(varies);
  while (relations.length < MOST_RELATIONS && left.length > 1) {
    const names = left.map(({ name }) => name);
    const numbers = left.map((each) => each.numbers);
    const sum = exactSum(wanted, numbers);
    const product = sum ? undefined : exactProduct(wanted, numbers);
    const found = sum ?? product;
    if (!found) break;
    const where = found.share === 1 ? 'every row' : `${formatShare(found.share)} of the rows`;
    const relation = { ...('terms' in found ? relationOfSum(found, names) : relationOfProduct(found, names)), where };
    relations.push(relation);
    left = left.filter(({ name }) => !relation.names.includes(name));
  }
  return relations;
}

const varies = ({ numbers }: { readonly numbers: { readonly spread: number } }) => numbers.spread > 0;

function relationOfSum({ terms, constant }: ColumnSum, names: readonly string[]): Omit<TargetRelation, 'where'> {
  const own = terms.map(({ column }) => names[column] as string);
  const size = Math.abs(terms[0]?.factor ?? 0);
  const areAlike = constant === 0 && terms.every(({ factor }) => Math.abs(Math.abs(factor) - size) < 1e-4 * size);
  const share = Math.round(1 / size);
  const isMean = areAlike && share > 1 && Math.abs(1 / size - share) < 1e-3 * share;
  const isPlain = areAlike && (size === 1 || isMean);
  const list = terms.map(({ factor }, i) => {
    const amount = isPlain ? 1 : Math.abs(factor);
    const sign = factor < 0 ? (i === 0 ? '−' : '− ') : i === 0 ? '' : '+ ';
    return `${sign}${amount === 1 ? '' : `${shown(amount)} × `}${own[i]}`;
  });
  const rest = list.length > MOST_NAMED ? [`… (${list.length} columns)`] : [];
  const beside = constant === 0 ? [] : [`${constant < 0 ? '−' : '+'} ${shown(Math.abs(constant))}`];
  const text = [...list.slice(0, MOST_NAMED), ...rest, ...beside].join(' ');
  return { names: own, formula: isMean ? `(${text}) / ${share}` : text, isPlain };
}

function relationOfProduct(
  { factor, first, second, isRatio }: ExactProduct,
  names: readonly string[],
): Omit<TargetRelation, 'where'> {
  const own = [names[first] as string, names[second] as string];
  const text = own.join(isRatio ? ' / ' : ' × ');
  return {
    names: own,
    formula: factor === 1 ? text : `${shown(factor)} × ${text}`,
    isPlain: Number.isInteger(Math.log10(Math.abs(factor))),
  };
}

const shown = (value: number): string => formatRounded(value, DIGITS);
