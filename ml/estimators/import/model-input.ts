import { lowerBound } from '../../core/binary-search.ts';
import { type StatisticInput, statisticFiller } from './catboost/statistic-input.ts';
import { type StepsInput, stepsFiller } from './onnx/steps-input.ts';

/**
 * A number that a model's trees or weights look at, computed from the values of its features: what the program compares in another
 * way (as float64, by a set, by target statistics) becomes a number whose comparison as float32 says the same. Plain data. A further
 * kind is a type here, and a line in `inputFiller`.
 */
export type ModelInput = NumberInput | RankInput | SetInput | StatisticInput | StepsInput;

/** What becomes of missing values, before anything is compared. */
type Missing = {
  /** They stay (NaN), are taken for 0, or zeros (up to 1e-35, as LightGBM has it) are missing too. */
  readonly missing: 'kept' | 'zero' | 'zeros-too';
};

/** The value of a feature itself; who compares it rounds it to float32. */
type NumberInput = Missing & { readonly kind: 'number'; readonly feature: number };

/** How many of some edges (ascending) are below a value, as float64: it is at most edge k where that is at most k. */
export type RankInput = Missing & {
  readonly kind: 'rank';
  readonly feature: number;
  readonly edges: Float64Array;
  /** What the value is worked out of. @default it is the feature's */
  readonly of?: StepsInput;
};

/** 1 where a feature's value is one of some (ascending), else 0. */
type SetInput = Missing & {
  readonly kind: 'set';
  readonly feature: number;
  readonly values: Float64Array;
  /** How values are read before: a category's code without what follows the point, or a number rounded to float32, or as it is. */
  readonly as: 'code' | 'float32' | 'float64';
};

/** The features that an input is computed from. */
export const featuresOfInput = (input: ModelInput): readonly number[] =>
  input.kind === 'statistic' ? [...new Set(input.parts.map(({ feature }) => feature))] : [input.feature];

/** A function from the values of a row's features (in the model's order, from a place on) to an input. */
export function inputFiller(input: ModelInput): (values: Float64Array, at: number) => number {
  if (input.kind === 'statistic') return statisticFiller(input);
  if (input.kind === 'steps') return stepsFiller(input);
  const { feature } = input;
  const read = missingReader(input);
  if (input.kind === 'number') return (values, at) => read(values[at + feature]!);
  if (input.kind === 'rank') {
    const { edges, of } = input;
    const readOne = of ? stepsFiller(of) : (values: Float64Array, at: number) => read(values[at + feature]!);
    return (values, at) => {
      const value = readOne(values, at);
      return Number.isNaN(value) ? value : lowerBound(edges, value);
    };
  }
  const known = new Set(input.values);
  const asRead = readAs[input.as];
  return (values, at) => {
    const value = asRead(read(values[at + feature]!));
    return Number.isNaN(value) ? value : known.has(value) ? 1 : 0;
  };
}

const readAs: Record<SetInput['as'], (value: number) => number> = {
  code: (value) => (value < 0 ? -1 : Math.trunc(value)),
  float32: Math.fround,
  float64: (value) => value,
};

/** The largest number that is a zero to LightGBM. */
const ZERO = Math.fround(1e-35);

function missingReader({ missing }: Missing): (value: number) => number {
  if (missing === 'zero') return (value) => (Number.isNaN(value) ? 0 : value);
  if (missing === 'zeros-too') return (value) => (Math.abs(value) <= ZERO ? Number.NaN : value);
  return (value) => value;
}
