import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { train } from '../../../ml/pipeline/train.ts';
import { dataRoles } from '../../../ml/release/files.ts';
import { type Release, readRelease } from '../../../ml/release/read.ts';
import { houses } from '../../houses.ts';
import { makeFolder } from '../../temporary.ts';
import { checkCsv, csvOf, drawnHouses, findingsOf, type House, verdictsOf } from './checked-houses.ts';

const folder = makeFolder();
const learned = drawnHouses(400, 1);
let release: Release;

beforeAll(async () => {
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(houses));
  writeFileSync(join(folder, houses.file), csvOf(learned));
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: folder, artifacts, models: ['linear'] });
  release = await readRelease(artifacts);
});

const check = (rows: readonly House[], options = {}) => checkCsv(csvOf(rows), { against: release, ...options });

describe('beside a release', () => {
  it('the same file, and others of the same distribution, are ok', async () => {
    const same = await check(learned);
    expect(same).toMatchObject({ verdict: 'ok', against: { release: release.id, rows: 400, independent: 400 } });
    expect(same.columns.map(({ drift }) => drift?.psi)).toEqual([0, 0, 0, 0]);
    for (const [count, seed] of [
      [8, 2],
      [60, 3],
      [400, 4],
      [10_000, 5],
    ] as const)
      expect(findingsOf(await check(drawnHouses(count, seed)))).toEqual([]);
  });

  it('a column that has drifted fails, with how far and what moved', async () => {
    const larger = drawnHouses(300, 6, ([area, ...rest]) => [Number(area) + 100, ...rest]);
    const result = await check(larger);
    expect(verdictsOf(result)).toEqual({ area: 'fail', rooms: 'ok', heating: 'ok', price: 'ok' });
    expect(result.verdict).toBe('fail');
    expect(findingsOf(result)).toEqual([
      expect.stringMatching(
        /^drift area: it has drifted: PSI \d\.\d\d, of which chance makes 0\.05 \(a major shift is 0\.25 or more\); Kolmogorov–Smirnov p < 0\.0001: median \d+ \(8 of 10 from \d+ to \d+\), was \d+ \(8 of 10 from \d+ to \d+\)$/,
      ),
    ]);
    expect((await check(larger, { failOn: ['schema', 'ranges'] })).verdict).toBe('look');
  });

  it('a moderate shift is looked at', async () => {
    const moderate = drawnHouses(3000, 7, ([area, rooms, heating, price]) => [
      area,
      rooms,
      heating === 'none' && Number(rooms) < 6 ? 'gas' : heating,
      price,
    ]);
    const result = await check(moderate);
    expect(result.columns[2]).toMatchObject({
      name: 'heating',
      verdict: 'look',
      drift: { test: 'chi_squared', significant: true },
    });
    expect(result.verdict).toBe('look');
    expect(findingsOf(result)[0]).toMatch(
      /^drift heating: .*\(0\.1 to 0\.25 is moderate\).*"(gas|none)" \d+ %, was \d+ %$/,
    );
  });

  it('the target is checked by itself', async () => {
    const dearer = drawnHouses(300, 9, ([area, rooms, heating, price]) => [area, rooms, heating, 3 * Number(price)]);
    const result = await check(dearer);
    expect(findingsOf(result)).toEqual([expect.stringMatching(/^target price: its distribution has shifted: PSI/)]);
  });

  it('more missing values are looked at, and many more fail', async () => {
    const lacking = (of: number) =>
      drawnHouses(300, 10, ([area, rooms, ...rest]) => [Number(area) % 10 < of ? '' : area, rooms, ...rest]);
    const some = await check(lacking(1));
    expect(findingsOf(some)).toEqual([
      expect.stringMatching(/^missing area: \d+(\.\d)? % of its values are missing, and 0 % were$/),
    ]);
    expect(some.verdict).toBe('look');
    expect((await check(lacking(4))).checks.find((each) => each.check === 'missing')?.verdict).toBe('fail');
  });

  it('levels that the release has no row of are looked at', async () => {
    const dataset = {
      ...houses,
      columns: houses.columns.map((column) =>
        column.kind === 'categorical' ? { ...column, levels: [...column.levels, 'wood'] } : column,
      ),
    };
    const wooden = drawnHouses(300, 11, ([area, rooms, heating, price]) => [
      area,
      rooms,
      area === 50 ? 'wood' : heating,
      price,
    ]);
    const result = await check(wooden, { dataset });
    expect(findingsOf(result)).toEqual([
      expect.stringMatching(
        /^levels heating: 0?\.?\d+(\.\d)? % of its values are levels that the release has no row of: "wood"$/,
      ),
    ]);
    expect(result.notes).toEqual([
      `release ${release.id} was trained by another declaration, and what is alike is compared (columns that are declared otherwise: heating)`,
    ]);
  });

  it('what is declared otherwise is told, and what is alike is compared', async () => {
    const dataset = {
      ...houses,
      columns: houses.columns.map((column) =>
        column.name === 'area' && column.kind === 'numeric' ? { ...column, unit: 'ft²' } : column,
      ),
    };
    const result = await check(drawnHouses(300, 12), { dataset });
    expect(result.columns[0]).toMatchObject({
      verdict: 'ok',
      drift: null,
      reasons: ['not compared: it is in ft² now, and was in m²'],
    });
    expect(result.columns[1]?.drift).not.toBeNull();
  });

  it('a time is not compared, since later rows are later', async () => {
    const later = drawnHouses(300, 13, ([area, ...rest]) => [Number(area) + 200, ...rest]);
    const result = await check(later, { dataset: { ...houses, time: 'area' } });
    expect(result.columns[0]).toMatchObject({ verdict: 'ok', reasons: ['not compared: later rows have later times'] });
  });

  it('that has no rows beside it, only the declaration is checked', async () => {
    for (const role of dataRoles) rmSync(join(release.path, release.manifest.files[role].name));
    const bare = await readRelease(join(folder, 'artifacts'));
    const result = await check(drawnHouses(300, 14), { against: bare });
    expect(result).toMatchObject({ verdict: 'ok', against: null });
    expect(result.notes).toEqual([`release ${release.id} has no rows beside it, so the declaration alone is checked`]);
  });
});
