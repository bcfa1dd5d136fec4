import { DataError } from '../../core/errors.ts';

/**
 * A value that a file of JSON or the like holds, and where: `model.learner.gradient_booster`. What is asked of it is there and of the
 * kind that is asked for, or it is refused by that path. Only own properties are seen, so no key means more than itself.
 */
export class FileValue {
  readonly value: unknown;
  readonly path: string;

  constructor(value: unknown, path: string) {
    this.value = value;
    this.path = path;
  }

  /** A property. @throws DataError where there is none */
  at(key: string): FileValue {
    const found = this.find(key);
    if (found) return found;
    throw this.problem(`has no ${key}`);
  }

  /** A property, or undefined where there is none. @throws DataError where this is no object */
  find(key: string): FileValue | undefined {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value))
      throw this.problem('is no object');
    return Object.hasOwn(value, key)
      ? new FileValue((value as Record<string, unknown>)[key], `${this.path}.${key}`)
      : undefined;
  }

  /** The keys of an object. */
  keys(): string[] {
    this.find('');
    return Object.keys(this.value as object);
  }

  items(): FileValue[] {
    return Array.from(this.#list(), (value, k) => new FileValue(value, `${this.path}[${k}]`));
  }

  text(): string {
    if (typeof this.value === 'string') return this.value;
    throw this.problem('is no text');
  }

  texts(): string[] {
    return this.items().map((item) => item.text());
  }

  /** A finite number. */
  number(): number {
    if (typeof this.value === 'number' && Number.isFinite(this.value)) return this.value;
    throw this.problem('is no finite number');
  }

  /** A finite number that may be written as a text. */
  numberOrText(): number {
    if (typeof this.value !== 'string') return this.number();
    const number = Number(this.value);
    if (this.value.trim() !== '' && Number.isFinite(number)) return number;
    throw this.problem(`is ${JSON.stringify(this.value.slice(0, 40))}, and no finite number`);
  }

  /** A whole number from 0 to below 2³¹ that may be written as a text. */
  count(): number {
    const number = this.numberOrText();
    if (Number.isInteger(number) && number >= 0 && number < 2 ** 31) return number;
    throw this.problem(`is ${number}, and no whole number from 0 on`);
  }

  /**
   * Finite numbers.
   *
   * @param length how many there must be. @default any number
   * @param missing whether some may be no number: NaN, or null
   */
  numbers(length?: number, missing?: 'or missing'): Float64Array {
    const list = this.#list();
    if (length !== undefined && list.length !== length)
      throw this.problem(`has ${list.length} entries instead of ${length}`);
    const numbers = new Float64Array(list.length);
    for (let k = 0; k < list.length; k++) {
      const value = list[k];
      // XGBoost writes some flags as true and false.
      if (typeof value === 'boolean') numbers[k] = Number(value);
      else if (typeof value === 'number' && Number.isFinite(value)) numbers[k] = value;
      else if (missing && (value === null || Number.isNaN(value))) numbers[k] = Number.NaN;
      else throw this.problem(`holds, at ${k}, no finite number`);
    }
    return numbers;
  }

  #list(): ArrayLike<unknown> {
    const { value } = this;
    if (Array.isArray(value)) return value;
    if (ArrayBuffer.isView(value) && 'length' in value) return value as Float64Array;
    throw this.problem('is no list');
  }

  problem(what: string): DataError {
    return new DataError(`${this.path} ${what}`);
  }
}
