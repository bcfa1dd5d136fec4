import type { Arena } from '../arena.ts';

/** Histograms of one size that come and go, by their addresses; 0 is none. */
export class HistogramPool {
  readonly #arena: Arena;
  readonly #bytes: number;
  readonly #free: number[] = [];

  constructor(arena: Arena, entries: number) {
    this.#arena = arena;
    this.#bytes = 8 * entries;
  }

  take(): number {
    return this.#free.pop() ?? this.#arena.take(this.#bytes);
  }

  release(histogram: number): void {
    if (histogram !== 0) this.#free.push(histogram);
  }
}
