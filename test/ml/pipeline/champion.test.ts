import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../ml/core/random.ts';
import { type Declaration, type TrainOptions, type TrainResult, train } from '../../../ml/index.ts';
import { loadPredictor, ofNumbers } from '../../../ml/pipeline/predict.ts';
import { repeatRelease } from '../../../ml/pipeline/repeat.ts';
import { readRelease } from '../../../ml/release/read.ts';
import type { Compared, Comparison } from '../../../ml/selection/comparison.ts';
import { houseHeader, houseRows, houses } from '../../houses.ts';
import { temporaryFolder } from '../../temporary.ts';

/** Prices that nobody knows better than by ± 40. */
function noisyRows(n: number): string[] {
  const random = createRandom(3);
  return houseRows(n).map((row) => row.replace(/[^,]*$/, (price) => String(Number(price) + 80 * random.uniform())));
}

/** A folder with a data set, and trainings in it, each of one model. */
function setting(rows = noisyRows(200)) {
  const folder = temporaryFolder();
  const artifacts = join(folder, 'artifacts');
  const write = (declaration: Declaration, lines: readonly string[]) => {
    writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
    writeFileSync(join(folder, houses.file), [houseHeader, ...lines, ''].join('\n'));
  };
  write(houses, rows);
  const trained = (model: string, options: Partial<TrainOptions> = {}) =>
    train({ dataset: folder, artifacts, models: [model], threshold: 0, ...options });
  const stump = (options: Partial<TrainOptions> = {}) =>
    trained('decision_tree', { params: { decision_tree: { max_depth: 1 } }, ...options });
  const lines = (release: TrainResult, name: string) =>
    readFileSync(join(release.path as string, name), 'utf8')
      .trim()
      .split('\n')
      .slice(1);
  return { folder, artifacts, write, trained, stump, lines };
}

const rowFiles = ['data.csv', 'train.csv', 'test.csv'];

const comparedOf = (comparison: Comparison | null): Compared => {
  if (comparison?.status !== 'compared') throw new Error(`it was not compared: ${JSON.stringify(comparison)}`);
  return comparison;
};

/** R² of predictions, by its definition. */
function r2Of(truth: readonly number[], predicted: readonly number[]): number {
  const mean = truth.reduce((sum, y) => sum + y, 0) / truth.length;
  const residual = truth.reduce((sum, y, i) => sum + (y - (predicted[i] as number)) ** 2, 0);
  return 1 - residual / truth.reduce((sum, y) => sum + (y - mean) ** 2, 0);
}

describe('a challenger', () => {
  test('is compared with nothing where it is the first', async () => {
    const { trained, artifacts } = setting();
    const { champion, verdict } = await trained('linear');
    expect({ champion, released: verdict.released }).toEqual({ champion: null, released: true });
    expect((await readRelease(artifacts)).manifest).not.toHaveProperty('champion');
  });

  test('that is worse is held back: what is in use stays, and the challenger is kept', async () => {
    const { trained, stump, artifacts } = setting();
    const first = await trained('linear');
    const second = await stump();
    expect(second).toMatchObject({ release: null, path: null, verdict: { released: false } });
    const champion = comparedOf(second.champion);
    expect(champion).toMatchObject({
      release: first.release,
      metric: 'r2',
      champion: first.holdout?.r2,
      challenger: second.holdout?.r2,
      rows: 40,
      of: 40,
      basis: 'new',
      unit: 'row',
      units: 40,
      tolerance: 0.01,
    });
    expect(champion.difference).toBe((second.holdout?.r2 as number) - (first.holdout?.r2 as number));
    const [low, high] = champion.interval as [number, number];
    expect(low).toBeLessThan(champion.difference);
    expect(high).toBeGreaterThan(champion.difference);
    expect(high).toBeLessThan(0);
    expect(second.verdict.reason).toMatch(
      new RegExp(
        `^on the same 40 held-out rows decision_tree has R² .* release ${first.release}, which was in use, R²`,
      ),
    );
    expect((await readRelease(artifacts)).id).toBe(first.release);
    expect(readdirSync(artifacts).sort()).toEqual([first.release, 'current', 'held-back'].sort());
  });

  test('that was held back is released by force, at once, and its manifest says so', async () => {
    const { trained, stump, artifacts } = setting();
    const first = await trained('linear');
    await stump();
    const stages: string[] = [];
    const forced = await stump({ force: true, onProgress: ({ stage }) => stages.push(stage) });
    expect(stages).not.toContain('evaluated');
    expect(forced.verdict).toEqual({ released: true, forced: true, reason: expect.stringMatching(/^it is forced, /) });
    const { id, manifest } = await readRelease(artifacts);
    expect(id).toBe(forced.release);
    expect(manifest).toMatchObject({
      forced: true,
      champion: { release: first.release, difference: expect.any(Number) },
    });
    expect(existsSync(join(artifacts, 'held-back'))).toBe(false);
    // The same training comes to the same release, which is no worse than itself.
    expect(await stump()).toMatchObject({ release: forced.release, verdict: { released: true, forced: true } });
    expect(await repeatRelease({ release: forced.path as string })).toMatchObject({ isSame: true, differences: [] });
  });

  test('that is better is let through, and its manifest tells by how much', async () => {
    const { trained, stump, artifacts } = setting();
    const first = await stump();
    const second = await trained('linear');
    expect(second.verdict.released).toBe(true);
    expect(second.verdict).not.toHaveProperty('forced');
    const { id, manifest } = await readRelease(artifacts);
    expect(id).toBe(second.release);
    expect(manifest).not.toHaveProperty('forced');
    expect(manifest.champion).toMatchObject({
      release: first.release,
      difference: expect.any(Number),
      tolerance: 0.01,
    });
    expect(comparedOf(manifest.champion ?? null).difference).toBeGreaterThan(0.1);
  });

  test('may be worse by what is tolerated', async () => {
    const { trained, stump } = setting();
    await trained('linear');
    const { difference } = comparedOf((await stump()).champion);
    expect(await stump({ tolerance: -difference - 1e-9 })).toMatchObject({ verdict: { released: false } });
    const released = await stump({ tolerance: -difference });
    expect(released).toMatchObject({ verdict: { released: true }, champion: { tolerance: -difference } });
  });

  test.each([-0.01, Number.NaN, Number.POSITIVE_INFINITY])('cannot be tolerated by %d', async (tolerance) => {
    await expect(setting().trained('linear', { tolerance })).rejects.toThrow(
      /the tolerance is .*; it must be a finite/,
    );
  });

  test('is not compared where the release in use is not to count', async () => {
    const { trained, stump, artifacts } = setting();
    await trained('linear');
    const { release, champion } = await stump({ champion: 'ignored' });
    expect(champion).toBeNull();
    expect((await readRelease(artifacts)).id).toBe(release);
  });
});

describe('rows that the release in use has learned from', () => {
  test('do not count, where enough are new to both', async () => {
    const { trained, lines, artifacts } = setting(noisyRows(1000));
    const nearest = (n_neighbors: number, seed: number, options = {}) =>
      trained('knn', { params: { knn: { n_neighbors } }, seed, ...options });
    // One neighbour knows by heart what it has learned.
    const first = await nearest(1, 1);
    const champion = ofNumbers(await loadPredictor(artifacts));
    const second = await nearest(8, 2);
    expect(second.verdict.released).toBe(true);
    const learned = new Set(lines(first, 'train.csv'));
    const held = lines(second, 'test.csv');
    const fresh = held.filter((line) => !learned.has(line));
    const compared = comparedOf(second.champion);
    expect(compared).toMatchObject({ basis: 'new', rows: fresh.length, of: 200 });
    expect(fresh.length).toBeGreaterThan(29);
    expect(fresh.length).toBeLessThan(60);

    const recordOf = (line: string) => {
      const [area, rooms, heating] = line.split(',');
      return { area: Number(area), rooms: Number(rooms), heating };
    };
    const priceOf = (line: string) => Number(line.split(',').at(-1));
    const scored = (some: readonly string[], by: typeof champion) =>
      r2Of(some.map(priceOf), [...by.predictAll(some.map(recordOf))]);
    const challenger = ofNumbers(await loadPredictor(artifacts));
    expect(compared.champion).toBeCloseTo(scored(fresh, champion), 9);
    expect(compared.challenger).toBeCloseTo(scored(fresh, challenger), 9);
    // On all of them it would have been held back.
    expect(scored(held, challenger)).toBeLessThan(scored(held, champion) - 0.01);
  });

  test('count where too few are new, and that is said', async () => {
    const { trained } = setting();
    await trained('linear', { seed: 1 });
    const { champion, verdict } = await trained('linear', { seed: 2 });
    expect(champion).toMatchObject({ basis: 'learned', rows: 40, of: 40 });
    expect(verdict.reason).toMatch(
      /on 40 held-out rows \(from some of which release \w+ has learned, to its advantage/,
    );
  });

  test('are told where data has grown', async () => {
    const rows = noisyRows(1000);
    const { trained, write, lines } = setting(rows.slice(0, 600));
    const first = await trained('linear');
    write(houses, rows);
    const second = await trained('linear');
    const learned = new Set(lines(first, 'train.csv'));
    const fresh = lines(second, 'test.csv').filter((line) => !learned.has(line));
    expect(second.champion).toMatchObject({ basis: 'new', rows: fresh.length, of: 200 });
    expect(fresh.length).toBeGreaterThan(80);
  });

  test('are not known where the release lacks its rows, which is said', async () => {
    const { trained, artifacts } = setting();
    await trained('linear', { seed: 1 });
    for (const name of rowFiles) rmSync(join(artifacts, 'current', name), { force: true });
    const same = await trained('linear', { seed: 1, params: {}, models: ['ridge'] });
    // Rows that are split alike are new to both, whoever has them.
    expect(same.champion).toMatchObject({ basis: 'new', rows: 40 });
    for (const name of rowFiles) rmSync(join(artifacts, 'current', name), { force: true });
    const other = await trained('linear', { seed: 2 });
    expect(other.champion).toMatchObject({ basis: 'unknown', rows: 40 });
    expect(other.verdict.reason).toContain('may have learned: it lacks its data');
  });
});

describe('a release in use that cannot be compared holds nothing back', () => {
  const changed = (change: (columns: Declaration['columns']) => void, more: Partial<Declaration> = {}): Declaration => {
    const declaration = { ...structuredClone(houses), ...more };
    change(declaration.columns);
    return declaration;
  };
  const edit = (name: string, more: object) => (columns: Declaration['columns']) => {
    Object.assign(columns.find((column) => column.name === name) as object, more);
  };

  test.each([
    ['another target', changed(() => {}, { target: 'area' }), 'it predicts price, not area'],
    ['another unit of it', changed(edit('price', { unit: '€' })), 'it predicts price in k€, which is in € now'],
    ['another unit of a column', changed(edit('area', { unit: 'ft²' })), 'area is in ft² now, and was in m²'],
    ['other columns', changed((columns) => columns.splice(1, 1)), 'it reads other columns: rooms (gone)'],
    [
      'a group',
      changed(() => {}, { group: 'rooms' }),
      'its group was none and is rooms now, so that its rows were counted or held out by another rule',
    ],
  ])('since it is of %s', async (_, declaration, reason) => {
    const { trained, stump, write, artifacts } = setting();
    const first = await trained('linear');
    write(declaration, noisyRows(200));
    const { champion, release, verdict } = await stump({ threshold: -1 });
    expect(champion).toEqual({ status: 'incomparable', release: first.release, reason });
    if (verdict.released) expect((await readRelease(artifacts)).manifest.champion).toEqual(champion);
    else expect(verdict.reason).toMatch(/no model does better|below the threshold/);
    expect(release === null).toBe(!verdict.released);
  });

  test('since it is damaged, which no manifest records', async () => {
    const { trained, stump, artifacts } = setting();
    await trained('linear');
    truncateSync(join(artifacts, 'current', 'model.json'), 9);
    const { champion, verdict } = await stump();
    expect(champion).toMatchObject({
      status: 'incomparable',
      release: null,
      reason: expect.stringContaining('truncated'),
    });
    expect(verdict).toMatchObject({ released: true, reason: expect.stringContaining('it could not be compared with') });
    expect((await readRelease(artifacts)).manifest).not.toHaveProperty('champion');
  });
});

describe('levels that are declared otherwise', () => {
  const withLevels = (levels: string[]): Declaration => ({
    ...houses,
    columns: houses.columns.map((column) =>
      column.name === 'heating' ? { ...column, levels } : column,
    ) as Declaration['columns'],
  });

  test('are read as the release in use knows them', async () => {
    const { trained, write } = setting();
    const first = await trained('linear');
    write(withLevels(['none', 'heat pump', 'gas']), noisyRows(200));
    const { champion } = await trained('linear');
    // The same splits of the same rows, so that it scores what it did.
    expect(comparedOf(champion).champion).toBe(first.holdout?.r2);
  });

  test('and rows with one that it does not know are left out', async () => {
    const rows = noisyRows(400);
    const { trained, write, lines } = setting(rows);
    await trained('linear');
    write(
      withLevels(['wood', 'gas', 'heat pump', 'none']),
      rows.map((row, i) => (i % 4 === 0 ? row.replace(/gas|heat pump|none/, 'wood') : row)),
    );
    const second = await trained('linear');
    const known = lines(second, 'test.csv').filter((line) => !line.includes('wood'));
    expect(known.length).toBeLessThan(80);
    expect(second.champion).toMatchObject({ rows: known.length, of: 80 });
  });
});
