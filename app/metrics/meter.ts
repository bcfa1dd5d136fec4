import type { Tally } from '../api/tally.ts';

/** Counts what happens. */
export interface Meter {
  requestBegan(): void;
  /** @param route its template. @param seconds how long it took */
  requestEnded(route: string, status: number, seconds: number): void;
  predicted(tally: Tally): void;
  /** A request was refused as a whole, since it does not fit the declaration. */
  refused(): void;
}

/** Counts nothing. */
export const noMeter: Meter = {
  requestBegan() {},
  requestEnded() {},
  predicted() {},
  refused() {},
};
