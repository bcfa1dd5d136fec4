import type { RandomStream } from '../../ml/core/random-stream.ts';
import { type Generator, generators } from './generators.ts';

/** A column that changes. */
export interface ShiftedColumn {
  readonly name: string;
  readonly before: Generator;
  readonly now: Generator;
}

const [normal] = generators as readonly [Generator, ...Generator[]];
const yesOrNo = (share: number): Generator => ({
  name: `yes in ${100 * share} %`,
  column: (name) => ({ name, title: name, kind: 'categorical', levels: ['no', 'yes'] }),
  draw: (random) => (random.uniform() < share ? 1 : 0),
});
const lacking = (share: number): Generator => ({
  ...normal,
  draw: (random) => (random.uniform() < share ? Number.NaN : random.normal()),
});
const changed = (draw: (random: RandomStream) => number): Generator => ({ ...normal, draw });

/** Shifts that people would call real, the largest first. */
export const shifts: readonly ShiftedColumn[] = [
  { name: 'mean moves by 2 deviations', before: normal, now: changed((random) => random.normal() + 2) },
  { name: 'mean moves by 1 deviation', before: normal, now: changed((random) => random.normal() + 1) },
  { name: 'mean moves by half a deviation', before: normal, now: changed((random) => random.normal() + 0.5) },
  { name: 'deviation doubles', before: normal, now: changed((random) => 2 * random.normal()) },
  { name: 'a level goes from 20 % to 80 %', before: yesOrNo(0.2), now: yesOrNo(0.8) },
  { name: 'a level goes from 20 % to 40 %', before: yesOrNo(0.2), now: yesOrNo(0.4) },
  { name: 'missing values go from 0 % to 30 %', before: normal, now: lacking(0.3) },
  { name: 'missing values go from 0 % to 10 %', before: normal, now: lacking(0.1) },
];
