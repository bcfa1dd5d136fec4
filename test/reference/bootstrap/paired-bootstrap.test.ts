// What SciPy's bootstrap answers (ask.py): its random numbers are others, so that the ends agree within what chance does.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { oneOutput } from '../../../ml/core/predictions.ts';
import { bootstrapInterval } from '../../../ml/selection/paired-bootstrap.ts';
import { gainIn } from '../../../ml/selection/paired-difference.ts';
import { mae, r2 } from '../../../ml/selection/regression-metrics.ts';

interface Answer {
  readonly metric: 'r2' | 'mae';
  readonly unit: 'row' | 'group';
  readonly weighted: boolean;
  readonly gain: number;
  readonly interval: [number, number];
}

const { answers }: { answers: Answer[] } = JSON.parse(readFileSync(join(import.meta.dirname, 'answers.json'), 'utf8'));

const rows = Uint32Array.from({ length: 120 }, (_, i) => i);
const numbers = (of: (i: number) => number) => Float64Array.from(rows, of);
const truth = numbers((i) => ((i * 37) % 101) / 10);
const off = (by: (i: number) => number) => oneOutput(truth.map((y, i) => y + by(i) / 10));
const pair = { truth, first: off((i) => ((i * 53) % 17) - 8), second: off((i) => ((i * 29) % 23) - 11) };

test.each(answers)(
  '$metric by $unit, weighted: $weighted',
  ({ metric, unit, weighted, gain, interval: [low, high] }) => {
    const given = weighted ? { ...pair, weights: numbers((i) => 1 + (i % 3)) } : pair;
    const measure = { r2, mae }[metric];
    expect(gainIn(measure, given, rows)).toBeCloseTo(gain, 12);
    const relations = unit === 'group' ? { groups: numbers((i) => Math.floor(i / 8)) } : {};
    const { interval } = bootstrapInterval(measure, given, relations, 1);
    const width = high - low;
    expect(Math.abs((interval?.[0] as number) - low)).toBeLessThan(0.06 * width);
    expect(Math.abs((interval?.[1] as number) - high)).toBeLessThan(0.06 * width);
  },
);
