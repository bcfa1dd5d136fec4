import { besideEarlier, fitBenchmarks, taskOf } from './benchmarks.ts';
import { measureInTurns, type TurnsOptions } from './in-turns.ts';
import { chosen, type Row } from './table.ts';

export interface FitOptions extends TurnsOptions {
  readonly only?: string;
  /** What is learned. @default both */
  readonly task?: 'regression' | 'classes';
  /** Of the largest data. */
  readonly rows: number;
}

/**
 * Time to learn, time to predict and memory, of ours and of the peers in turns. Prints which versions, and how it goes on.
 *
 * @throws ParamError where an option is wrong. @throws MeasurementError where a side fails.
 */
export async function measureFits({ only, task, rows, ...options }: FitOptions): Promise<readonly Row[]> {
  const isAsked = (ofNumbers: boolean) => task === undefined || ofNumbers === (task === 'regression');
  const benchmarks = fitBenchmarks(rows).filter((benchmark) => isAsked(taskOf(benchmark) === 'regression'));
  return measureInTurns(chosen(options.before === undefined ? benchmarks : besideEarlier(benchmarks), only), options);
}
