import { besideEarlier, fitBenchmarks } from './benchmarks.ts';
import { measureInTurns, type TurnsOptions } from './in-turns.ts';
import { chosen, type Row } from './table.ts';

export interface FitOptions extends TurnsOptions {
  readonly only?: string;
  /** Of the largest data. */
  readonly rows: number;
}

/**
 * Time to learn, time to predict and memory, of ours and of the peers in turns. Prints which versions, and how it goes on.
 *
 * @throws ParamError where an option is wrong. @throws MeasurementError where a side fails.
 */
export async function measureFits({ only, rows, ...options }: FitOptions): Promise<readonly Row[]> {
  const benchmarks = fitBenchmarks(rows);
  return measureInTurns(chosen(options.before === undefined ? benchmarks : besideEarlier(benchmarks), only), options);
}
