import { DataError } from '../../../core/errors.ts';
import type { ModelInput } from '../model-input.ts';
import type { Step, StepsInput } from './steps-input.ts';
import type { ElementType } from './tensor.ts';

/** What a model knows of each row, between its inputs and its trees or weights: numbers or texts, each worked out of one feature. */
export interface Columns {
  readonly is: 'columns';
  readonly columns: readonly Column[];
  /** Whether they are those of several one-hot encodings, which lie in a dimension of their own until they are flattened. */
  readonly isCube?: boolean;
}

export interface Column {
  readonly feature: number;
  readonly type: ElementType;
  readonly steps: readonly Step[];
  /** Of texts, and of numbers that were looked up by texts. */
  readonly texts: TextCodes | undefined;
}

/** Columns that operators may make in all: a file may double them again and again. */
export const MOST_COLUMNS = 2 ** 20;

export const tooManyColumns = () => new DataError(`the ONNX model makes more than ${MOST_COLUMNS} columns`);

/** How many columns there are, a look-up counting for as many as it has keys. */
export function sizeOf({ columns }: Columns): number {
  const keysOf = (step: Step | undefined) => (step?.is === 'look-up' ? step.keys.length : 0);
  return columns.reduce((sum, { steps }) => sum + 1 + keysOf(steps.at(-1)), 0);
}

/** A file may chain operators without end. */
const MOST_STEPS = 64;

export function withSteps(column: Column, type: ElementType, ...steps: readonly Step[]): Column {
  if (column.steps.length + steps.length > MOST_STEPS)
    throw new DataError(`the ONNX model does more than ${MOST_STEPS} things to a column, one after another`);
  const wrong = steps.flatMap(numbersOf).find((number) => !Number.isFinite(number));
  if (wrong !== undefined) throw new DataError(`the ONNX model calculates with ${wrong}, which is not supported`);
  return { ...column, type, steps: [...column.steps, ...steps] };
}

const numbersOf = (step: Step) =>
  Object.values(step)
    .flat()
    .filter((value) => typeof value === 'number');

/** The codes of the texts of one feature, by first mention. */
export class TextCodes {
  readonly #codes = new Map<string, number>();

  codeOf(text: string): number {
    const known = this.#codes.get(text);
    if (known !== undefined) return known;
    this.#codes.set(text, this.#codes.size);
    return this.#codes.size - 1;
  }

  find(text: string): number | null {
    return this.#codes.get(text) ?? null;
  }

  get texts(): string[] {
    return [...this.#codes.keys()];
  }

  /** The code of a missing text: that of the text that programs write in its place, where the model knows it. */
  get missing(): number {
    return missingTexts.map((text) => this.find(text)).find((code) => code !== null) ?? -1;
  }
}

const missingTexts = ['', 'nan', 'NaN', 'None', '<NA>', 'null'];

const inputs = new WeakMap<Column, StepsInput>();

/** What a split tests, of a column: a feature as it is, or an input that is computed. */
export function testedBy(column: Column): number | StepsInput {
  if (column.texts === undefined && column.steps.length === 0) return column.feature;
  const { feature, texts, steps } = column;
  const known = inputs.get(column) ?? { kind: 'steps', feature, missing: texts?.missing ?? null, steps };
  inputs.set(column, known);
  return known;
}

/** What weights are multiplied by. */
export function inputOf(column: Column): ModelInput {
  const tested = testedBy(column);
  return typeof tested === 'number' ? { kind: 'number', feature: tested, missing: 'kept' } : tested;
}
