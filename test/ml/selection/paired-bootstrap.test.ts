import { describe, expect, test } from 'vitest';
import { oneOutput } from '../../../ml/core/predictions.ts';
import { createRandom } from '../../../ml/core/random.ts';
import type { Metric } from '../../../ml/selection/metric.ts';
import { bootstrapInterval } from '../../../ml/selection/paired-bootstrap.ts';
import type { Pair } from '../../../ml/selection/paired-difference.ts';
import { mae, r2 } from '../../../ml/selection/regression-metrics.ts';

const numbers = (length: number, seed: number) => {
  const random = createRandom(seed);
  return Float64Array.from({ length }, () => random.uniform() - 0.5);
};

/** Two sets of predictions of the same rows, of which the first is the better one. */
function somePair(rows: number, seed = 1): Pair {
  const truth = numbers(rows, seed).map((noise, i) => (i % 50) / 10 + noise);
  const [one, other] = [numbers(rows, seed + 1), numbers(rows, seed + 2)];
  return {
    truth,
    first: oneOutput(truth.map((y, i) => y + (one[i] as number))),
    second: oneOutput(truth.map((y, i) => y + 0.5 * (one[i] as number) + (other[i] as number))),
  };
}

/** Each way to draw so many of so many, once: all that a bootstrap could draw. */
function* everyDraw(n: number): Generator<number[]> {
  for (let code = 0; code < n ** n; code++)
    yield Array.from({ length: n }, (_, place) => Math.floor(code / n ** place) % n);
}

/** The quantile of a weighted list, by definition. */
const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor(share * (sorted.length - 1))] as number;

describe('the interval of rows', () => {
  test('is that of all draws that there are', () => {
    const rows = 6;
    const pair = somePair(rows, 4);
    const values = (of: 'first' | 'second') => pair[of].values;
    const gains = [...everyDraw(rows)]
      .map((draw) => {
        const error = (of: 'first' | 'second') =>
          draw.reduce((sum, row) => sum + Math.abs((values(of)[row] as number) - (pair.truth[row] as number)), 0) /
          rows;
        return error('second') - error('first');
      })
      .sort((a, b) => a - b);
    const { interval, unit, units } = bootstrapInterval(mae, pair, {}, 7);
    const width = quantile(gains, 0.975) - quantile(gains, 0.025);
    expect({ unit, units }).toEqual({ unit: 'row', units: rows });
    // Of 2,000 draws the ends are as sure as about a thirtieth of the width.
    expect(Math.abs((interval?.[0] as number) - quantile(gains, 0.025))).toBeLessThan(0.06 * width);
    expect(Math.abs((interval?.[1] as number) - quantile(gains, 0.975))).toBeLessThan(0.06 * width);
  });

  test('of many rows is that of the mean of their differences', () => {
    const rows = 2000;
    const pair = somePair(rows);
    const differences = pair.truth.map(
      (y, i) => Math.abs((pair.second.values[i] as number) - y) - Math.abs((pair.first.values[i] as number) - y),
    );
    const mean = differences.reduce((sum, each) => sum + each, 0) / rows;
    const deviation = Math.sqrt(differences.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (rows - 1));
    const [low, high] = bootstrapInterval(mae, pair, {}, 3).interval as readonly [number, number];
    expect(low).toBeCloseTo(mean - (1.96 * deviation) / Math.sqrt(rows), 2.5);
    expect(high).toBeCloseTo(mean + (1.96 * deviation) / Math.sqrt(rows), 2.5);
  });

  test('covers the difference that there is about as often as it says', () => {
    // Of the mean absolute errors of all rows that could be drawn, by far more of them.
    const many = somePair(200_000, 90);
    const errors = (of: 'first' | 'second') =>
      many[of].values.reduce((sum, value, i) => sum + Math.abs(value - (many.truth[i] as number)), 0) /
      many.truth.length;
    const true_ = errors('second') - errors('first');
    const covered = Array.from({ length: 200 }, (_, i) => {
      const { interval } = bootstrapInterval(mae, somePair(60, 1000 + 10 * i), {}, i);
      return Number((interval?.[0] as number) <= true_ && true_ <= (interval?.[1] as number));
    });
    const share = covered.reduce((sum, each) => sum + each, 0) / covered.length;
    expect(share).toBeGreaterThan(0.89);
    expect(share).toBeLessThan(0.99);
  });

  test('follows the seed, and both candidates are drawn alike', () => {
    const pair = somePair(80);
    const interval = (seed: number, of = pair) => bootstrapInterval(r2, of, {}, seed).interval;
    expect(interval(1)).toEqual(interval(1));
    expect(interval(1)).not.toEqual(interval(2));
    expect(interval(1, { ...pair, second: pair.first })).toEqual([0, 0]);
    const [low, high] = interval(1) as readonly [number, number];
    const swapped = interval(1, { ...pair, first: pair.second, second: pair.first });
    expect(swapped).toEqual([expect.closeTo(-high, 12), expect.closeTo(-low, 12)]);
  });

  test('counts rows by their weights', () => {
    const pair = somePair(40);
    const weights = Float64Array.from({ length: 40 }, (_, i) => (i < 20 ? 1 : 0));
    const half = (values: Float64Array) => values.slice(0, 20);
    const [first, second] = [oneOutput(half(pair.first.values)), oneOutput(half(pair.second.values))];
    const weighted = bootstrapInterval(mae, { ...pair, weights }, {}, 1).interval as readonly [number, number];
    const alone = bootstrapInterval(mae, { truth: half(pair.truth), first, second }, {}, 1).interval as readonly [
      number,
      number,
    ];
    // The mean of the rows that count, of which there are not always twenty.
    const middle = (interval: readonly [number, number]) => (interval[0] + interval[1]) / 2;
    expect(middle(weighted)).toBeCloseTo(middle(alone), 1);
    expect(weighted).not.toEqual(bootstrapInterval(mae, pair, {}, 1).interval);
  });
});

describe('rows that resemble each other are drawn together', () => {
  /** What is drawn, by a metric that only looks at rows. */
  function drawnRows(rows: number, relations: Parameters<typeof bootstrapInterval>[2]): number[][] {
    const drawn: number[][] = [];
    const spy: Metric = {
      ...mae,
      compute: (truth) => {
        drawn.push([...truth]);
        return 0;
      },
    };
    const truth = Float64Array.from({ length: rows }, (_, row) => row);
    bootstrapInterval(spy, { truth, first: oneOutput(truth), second: oneOutput(truth) }, relations, 1);
    return drawn;
  }

  test('as whole groups, each row without one by itself', () => {
    const groups = Float64Array.of(0, 1, 0, Number.NaN, 1, 1, Number.NaN);
    const draws = drawnRows(7, { groups });
    const wholes = [[0, 2], [1, 4, 5], [3], [6]];
    for (const draw of draws.slice(0, 50)) {
      const left = [...draw];
      let taken = 0;
      while (left.length > 0) {
        const whole = wholes.find(([first]) => first === left[0]) ?? [];
        expect(left.splice(0, whole.length)).toEqual(whole);
        taken += 1;
      }
      expect(taken).toBe(4);
    }
    expect(new Set(draws.flat()).size).toBe(7);
  });

  test('as blocks of consecutive times, all rows of a time together', () => {
    // 27 times in blocks of 3, two rows each, not in order.
    const times = Float64Array.from({ length: 54 }, (_, row) => (row * 5) % 27);
    const draws = drawnRows(54, { times });
    for (const draw of draws.slice(0, 50)) {
      const drawnTimes = draw.map((row) => times[row] as number);
      expect(drawnTimes).toHaveLength(54);
      for (let at = 0; at < 54; at += 6) {
        const start = drawnTimes[at] as number;
        const block = [start, start, start + 1, start + 1, start + 2, start + 2].map((time) => time % 27);
        expect(drawnTimes.slice(at, at + 6)).toEqual(block);
      }
    }
  });

  test('which makes the interval wider where they do', () => {
    // Errors of a group are the same.
    const [rows, size] = [200, 10];
    const groups = Float64Array.from({ length: rows }, (_, row) => Math.floor(row / size));
    const noise = numbers(rows / size, 3);
    const truth = Float64Array.from({ length: rows }, (_, row) => row / 10);
    const first = oneOutput(truth.map((y) => y + 0.5));
    const second = oneOutput(truth.map((y, row) => y + 0.5 + (noise[groups[row] as number] as number)));
    const width = (relations: Parameters<typeof bootstrapInterval>[2]) => {
      const [low, high] = bootstrapInterval(mae, { truth, first, second }, relations, 1).interval as [number, number];
      return high - low;
    };
    expect(width({ groups })).toBeGreaterThan(2.5 * width({}));
    expect(width({ times: groups })).toBeGreaterThan(2 * width({}));
  });

  test('and of one group or time there is no interval', () => {
    const pair = somePair(20);
    const alike = new Float64Array(20);
    expect(bootstrapInterval(r2, pair, { groups: alike }, 1)).toEqual({ interval: null, unit: 'group', units: 1 });
    expect(bootstrapInterval(r2, pair, { times: alike }, 1)).toEqual({ interval: null, unit: 'time', units: 1 });
  });
});
