import { bytesOf } from '../../core/plain-data.ts';
import type { FittedModel } from '../../estimators/model.ts';

/** Fits of at most so many bytes are kept; what is needed and was not kept is fitted again. */
const MOST_BYTES = 2 ** 29;

/** The fits of candidates in folds, as long as there is room for them. */
export class KeptFits {
  readonly #fits = new Map<string, Map<number, FittedModel>>();
  readonly #bytes = new Map<string, number>();

  add(candidate: string, fold: number, model: FittedModel): void {
    const own = this.#fits.get(candidate) ?? new Map<number, FittedModel>();
    this.#fits.set(candidate, own.set(fold, model));
    this.#bytes.set(candidate, (this.#bytes.get(candidate) ?? 0) + bytesOf(model.state));
  }

  get(candidate: string, fold: number): FittedModel | undefined {
    return this.#fits.get(candidate)?.get(fold);
  }

  /** Forgets fits until there is room, those of the candidates first that come first. */
  trim(worstFirst: () => readonly string[]): void {
    const total = () => [...this.#bytes.values()].reduce((sum, bytes) => sum + bytes, 0);
    if (total() <= MOST_BYTES) return;
    for (const candidate of worstFirst()) {
      if (total() <= MOST_BYTES) return;
      this.#fits.delete(candidate);
      this.#bytes.delete(candidate);
    }
  }
}
