import { DataError, type Issue } from '../errors.ts';

const SHOWN = 20;

/** Collects what is wrong with a file: the first problems in full, the rest counted. */
export class IssueLog {
  readonly #issues: Issue[] = [];
  #total = 0;

  add(path: string, message: string): void {
    this.#total += 1;
    if (this.#issues.length < SHOWN) this.#issues.push({ path, message });
  }

  get any(): boolean {
    return this.#total > 0;
  }

  /** @throws DataError holding what was added, if anything was. */
  throwIfAny(file: string): void {
    if (this.#total === 0) return;
    const problems = this.#total === 1 ? '1 problem' : `${this.#total} problems`;
    throw new DataError(`${file} has ${problems}; nothing was written`, { issues: this.#issues, total: this.#total });
  }
}
