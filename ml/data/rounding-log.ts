import { readingOf } from './decimal.ts';
import type { Column } from './declaration.ts';

/** No text up to this length is rounded by more than the last digit that a double has. */
export const KEPT_LENGTH = 18;

/** Notes decimals with more digits than a double keeps, which are read as the nearest one. */
export class RoundingLog {
  readonly #columns = new Map<string, { count: number; readonly first: string }>();

  note(line: number, { name }: Column, text: string, value: number): void {
    if (readingOf(text.trim(), value) !== 'rounded') return;
    const known = this.#columns.get(name);
    if (known) known.count += 1;
    else this.#columns.set(name, { count: 1, first: `${text.trim()} on line ${line} is read as ${value}` });
  }

  /** A sentence for each column that has such decimals. */
  sentences(): string[] {
    return [...this.#columns].map(([name, { count, first }]) => {
      const numbers = count === 1 ? '1 number has' : `${count} numbers have`;
      return `${name}: ${numbers} more digits than are kept: ${first}`;
    });
  }
}
