// How often the check of drift calls out where nothing has changed, and how often it finds what has.

import { RandomStream } from '../ml/core/random-stream.ts';
import { type Generator, generators } from './drift/generators.ts';
import { shifts } from './drift/shifts.ts';
import { alarmsOf, type Draw } from './drift/simulate.ts';
import { type Row, rowOf } from './table.ts';

/** Of a hundred tables where nothing has changed, so many may have an alarm, over all their columns together. */
const FALSE_ALARMS = 0.05;
const SIZES = [8, 20, 50, 200, 1_000, 10_000, 100_000, 1_000_000];
const REFERENCE_SIZES = [50, 1_000, 100_000];
const COLUMNS = [generators.length, 8 * generators.length];
/** Rows of the reference where something changes, and columns beside it in which nothing does. */
const REFERENCE = 1_000;
const BESIDE = 19;
const POWER_SIZES = [8, 20, 50, 100, 200, 500, 1_000, 10_000];

export interface DriftOptions {
  readonly only?: string;
  /** How many tables are drawn, where they are small. */
  readonly repeat: number;
  /** So many values are drawn of a work at most, ten tables apart. */
  readonly values: number;
  readonly seed: number;
}

/** A share of tables with false alarms for each size, then a share of shifts that are found. Says how it went. */
export function measureDrift({ only = '', ...options }: DriftOptions): Row[] {
  const works = [...falseAlarms(), ...power()].filter(({ work }) => work.includes(only));
  return works.map(({ work, draw, isFound, target }, i) => {
    const random = new RandomStream(options.seed + i);
    const repeat = repetitions(draw, options);
    let found = 0;
    for (let k = 0; k < repeat; k++) if (isFound(alarmsOf(draw, random))) found += 1;
    const row = rowOf({ work, unit: `share of ${repeat}`, target }, found / repeat, null, 'ours');
    console.error(`  ${work}: ${found} of ${repeat}`);
    return row;
  });
}

interface Work {
  readonly work: string;
  readonly draw: Draw;
  readonly target: number;
  readonly isFound: (alarms: readonly string[]) => boolean;
}

function falseAlarms(): Work[] {
  return COLUMNS.flatMap((columns) =>
    REFERENCE_SIZES.flatMap((referenceRows) =>
      SIZES.map((rows) => {
        const drawn = Array.from({ length: columns }, (_, i) => generators[i % generators.length] as Generator);
        return {
          work: `false alarms, ${columns} columns, ${referenceRows} rows and ${rows}`,
          draw: { reference: drawn, current: drawn, referenceRows, rows },
          target: FALSE_ALARMS,
          isFound: (alarms: readonly string[]) => alarms.length > 0,
        };
      }),
    ),
  );
}

/** What is found has no target: how many rows it takes is told. */
function power(): Work[] {
  const [normal] = generators as readonly [Generator, ...Generator[]];
  const beside = Array.from({ length: BESIDE }, () => normal);
  return shifts.flatMap(({ name, before, now }) =>
    POWER_SIZES.map((rows) => ({
      work: `found, ${name}, ${rows} rows`,
      draw: { reference: [before, ...beside], current: [now, ...beside], referenceRows: REFERENCE, rows },
      target: 1,
      isFound: (alarms: readonly string[]) => alarms.includes('column_0'),
    })),
  );
}

function repetitions({ reference, referenceRows, rows }: Draw, { repeat, values }: DriftOptions): number {
  return Math.max(10, Math.min(repeat, Math.floor(values / (reference.length * (referenceRows + rows)))));
}
