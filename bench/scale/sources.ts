import { copyFlights, TARGET as DELAY } from './flights.ts';
import { TARGET as HOURS, writeOrders } from './orders.ts';

/** A file that is taken all the way to a release. */
interface Source {
  readonly file: string;
  /** The column that is predicted. */
  readonly target: string;
  /** @param rows how many a file that is generated has */
  write(path: string, rows: number): Promise<void>;
}

export const sourceNames = ['orders', 'flights'] as const;
export type SourceName = (typeof sourceNames)[number];

export const sources: Readonly<Record<SourceName, Source>> = {
  orders: { file: 'orders.csv', target: HOURS, write: writeOrders },
  flights: { file: 'flights.parquet', target: DELAY, write: copyFlights },
};
