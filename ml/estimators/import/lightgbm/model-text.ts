import { DataError } from '../../../core/errors.ts';

/** The sections of a model file of LightGBM, as texts. */
export interface ModelText {
  readonly header: Fields;
  readonly trees: readonly Fields[];
  /** The parameters that it was trained with. */
  readonly parameters: ReadonlyMap<string, string>;
  /** What the categories of a pandas data frame were, as JSON; undefined where the file says nothing. */
  readonly pandasCategorical: string | undefined;
}

/** @throws DataError where the text is no model of LightGBM, or ends before its trees do */
export function readModelText(text: string): ModelText {
  const lines = text.split(/\r?\n/);
  const end = lines.indexOf('end of trees');
  if (lines[0] !== 'tree') throw new DataError('the file is no text model of LightGBM: its first line is not "tree"');
  if (end < 0) throw new DataError('the model of LightGBM is cut off: it has no line "end of trees"');

  const header = new Fields('the header');
  const trees: Fields[] = [];
  let section = header;
  for (const line of lines.slice(1, end)) {
    const at = line.indexOf('=');
    const key = at < 0 ? line : line.slice(0, at);
    if (key === 'Tree') {
      section = new Fields(`tree ${trees.length}`);
      trees.push(section);
    } else if (key !== '') section.set(key, at < 0 ? '' : line.slice(at + 1));
  }
  return { header, trees, ...readTail(lines.slice(end + 1)) };
}

const PANDAS = 'pandas_categorical:';

function readTail(lines: readonly string[]): Pick<ModelText, 'parameters' | 'pandasCategorical'> {
  const parameters = new Map<string, string>();
  let pandasCategorical: string | undefined;
  for (const line of lines) {
    const parameter = /^\[(\w+): (.*)\]$/.exec(line);
    if (parameter) parameters.set(parameter[1]!, parameter[2]!);
    else if (line.startsWith(PANDAS)) pandasCategorical = line.slice(PANDAS.length);
  }
  return { parameters, pandasCategorical };
}

/** Lines of the form "key=value". */
export class Fields {
  readonly #section: string;
  readonly #texts = new Map<string, string>();

  constructor(section: string) {
    this.#section = section;
  }

  set(key: string, value: string): void {
    this.#texts.set(key, value);
  }

  has(key: string): boolean {
    return this.#texts.has(key);
  }

  /** @throws DataError where it is absent */
  text(key: string): string {
    const text = this.#texts.get(key);
    if (text === undefined) throw this.error(`there is no ${key}`);
    return text;
  }

  /** A whole number of at least a smallest; what it is where it is absent may be given. */
  whole(key: string, smallest: number, absent?: number): number {
    if (absent !== undefined && !this.has(key)) return absent;
    const value = Number(this.text(key));
    if (this.text(key).trim() === '' || !Number.isSafeInteger(value) || value < smallest)
      throw this.error(`${key} is "${this.text(key)}"`);
    return value;
  }

  /** As many finite numbers as are expected, with spaces between. */
  numbers(key: string, count: number): Float64Array {
    const texts = this.words(key);
    if (texts.length !== count) throw this.error(`${key} has ${texts.length} numbers in place of ${count}`);
    const values = Float64Array.from(texts, Number);
    const wrong = values.findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw this.error(`${key} has "${texts[wrong]}" where a number should be`);
    return values;
  }

  wholes(key: string, count: number): Float64Array {
    const values = this.numbers(key, count);
    const wrong = values.find((value) => !Number.isSafeInteger(value));
    if (wrong !== undefined) throw this.error(`${key} has ${wrong} where a whole number should be`);
    return values;
  }

  words(key: string): readonly string[] {
    return this.text(key)
      .split(' ')
      .filter((word) => word !== '');
  }

  error(problem: string): DataError {
    return new DataError(`the model of LightGBM is damaged: ${this.#section}: ${problem}`);
  }
}
