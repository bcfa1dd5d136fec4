/** A number that is worked out of one feature, step by step, as the operators before a model's trees or weights do. */
export type StepsInput = {
  readonly kind: 'steps';
  readonly feature: number;
  /** Of a text what stands for a missing one: the code of the text that training had in its place. Null where a missing value stays so. */
  readonly missing: number | null;
  readonly steps: readonly Step[];
};

/** What is done with a value; `single`: in float32. */
export type Step =
  | { readonly is: 'add' | 'subtract' | 'multiply' | 'divide'; readonly by: number; readonly single: boolean }
  | { readonly is: 'round'; readonly to: 'float32' | 'whole' }
  /** Null stands for a missing value. */
  | { readonly is: 'replace'; readonly value: number | null; readonly by: number }
  /** 1 where it is the value, else 0. */
  | { readonly is: 'equal'; readonly value: number }
  /** 1 where it is above the value, else 0. */
  | { readonly is: 'above'; readonly value: number }
  | {
      readonly is: 'look-up';
      readonly keys: readonly number[];
      readonly values: readonly number[];
      readonly otherwise: number;
    };

/** A function from the values of a row's features, from a place on, to the number. */
export function stepsFiller({ feature, missing, steps }: StepsInput): (row: Float64Array, at: number) => number {
  const made = steps.map(stepOf);
  return (row, at) => {
    let value = row[at + feature]!;
    if (missing !== null && Number.isNaN(value)) value = missing;
    for (const step of made) value = step(value);
    return value;
  };
}

function stepOf(step: Step): (value: number) => number {
  switch (step.is) {
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide': {
      const calculate = arithmetic[step.is];
      const { by, single } = step;
      return single ? (value) => Math.fround(calculate(Math.fround(value), by)) : (value) => calculate(value, by);
    }
    case 'round':
      return step.to === 'float32' ? Math.fround : Math.trunc;
    case 'replace': {
      const { value: replaced, by } = step;
      return replaced === null
        ? (value) => (Number.isNaN(value) ? by : value)
        : (value) => (value === replaced ? by : value);
    }
    case 'equal':
      return (value) => (value === step.value ? 1 : 0);
    case 'above':
      return (value) => (value > step.value ? 1 : 0);
    case 'look-up': {
      const known = new Map(step.keys.map((key, k) => [key, step.values[k]!]));
      return (value) => known.get(value) ?? step.otherwise;
    }
  }
}

const arithmetic = {
  add: (value: number, by: number) => value + by,
  subtract: (value: number, by: number) => value - by,
  multiply: (value: number, by: number) => value * by,
  divide: (value: number, by: number) => value / by,
};
