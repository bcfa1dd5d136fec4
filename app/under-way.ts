/**
 * Objects that come and go, in no order. A Set would do, were it not for its memory: V8 gives it a new table every few changes, and the former one
 * refers to it. A table that has become old before it was collected so keeps all that come after it, and with them whatever was in one: of
 * requests, all of the last seconds.
 */
export class UnderWay<T extends object> implements Iterable<T> {
  readonly #all: T[] = [];
  /** Where an object has its place in the list. */
  readonly #place = Symbol('place');

  add(one: T): void {
    this.#set(one, this.#all.push(one) - 1);
  }

  /** Takes out what was added. */
  delete(one: T): void {
    const place = (one as Placed)[this.#place];
    if (place === undefined) return;
    const last = this.#all.pop() as T;
    if (last !== one) {
      this.#all[place] = last;
      this.#set(last, place);
    }
    this.#set(one, undefined);
  }

  /** All of now, whatever is added or taken out meanwhile. */
  [Symbol.iterator](): Iterator<T> {
    return [...this.#all].values();
  }

  #set(one: T, place: number | undefined): void {
    (one as Placed)[this.#place] = place;
  }
}

type Placed = Record<symbol, number | undefined>;
