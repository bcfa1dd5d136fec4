import { DataError, type Issue } from '../core/errors.ts';

/** Enough to mend a record by; an answer must not grow to many times the request. */
const SHOWN = 100;

/** Collects what is wrong with records: the first problems in full, the rest counted. */
export class RecordIssues {
  readonly #shown: number;
  readonly #issues: Issue[] = [];
  #total = 0;

  /** @param fields how many a record has: each may be told of, and some that it should not have */
  constructor(fields = 0) {
    this.#shown = SHOWN + fields;
  }

  /** `keys` lead to the value; the message is made only where it is shown. */
  add(keys: readonly (string | number)[], message: () => string): void {
    this.#total += 1;
    if (this.#issues.length < this.#shown) this.#issues.push({ path: keys.join('.'), message: message(), keys });
  }

  /** @throws DataError holding what was added, if anything was. */
  throwIfAny(message: string): void {
    if (this.#total > 0) throw new DataError(message, { issues: this.#issues, total: this.#total });
  }
}
