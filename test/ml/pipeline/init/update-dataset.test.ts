import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { datasetPlace } from '../../../../ml/pipeline/init/dataset-place.ts';
import { initDataset } from '../../../../ml/pipeline/init/init-dataset.ts';
import { readTable } from '../../../../ml/pipeline/init/read-table.ts';
import { updateDataset } from '../../../../ml/pipeline/init/update-dataset.ts';
import { temporaryFolder } from '../../../temporary.ts';

/** Flats in some cities, in a file of that name. */
function flats(folder: string, cities: readonly string[]): string {
  const path = join(folder, `${cities.length}.csv`);
  const lines = Array.from(
    { length: 90 },
    (_, i) => `${30 + ((i * 37) % 90)},${cities[i % cities.length]},${(i * 7) % 41}`,
  );
  writeFileSync(path, ['area,city,price', ...lines, ''].join('\n'));
  return path;
}

test('an update that ends before what init said is recorded makes no edits of what it wrote', async () => {
  const folder = temporaryFolder();
  const out = join(folder, 'set');
  const first = flats(folder, ['Graz', 'Linz']);
  await initDataset(
    first,
    await readTable(first),
    datasetPlace(first, { out, name: 'flats' }),
    { target: 'price' },
    false,
  );
  const record = join(out, '.init.json');
  const before = readFileSync(record);
  rmSync(record);
  // Nothing can be written there.
  mkdirSync(record);
  const update = async (cities: readonly string[]) => {
    const path = flats(folder, cities);
    return updateDataset(path, await readTable(path), datasetPlace(path, { out, name: 'flats' }), undefined);
  };
  await expect(update(['Graz', 'Linz', 'Wels'])).rejects.toThrow();
  rmSync(record, { recursive: true });
  writeFileSync(record, before);
  const { declaration, conflicts } = await update(['Graz', 'Linz', 'Wels', 'Enns']);
  expect(conflicts).toEqual([]);
  const [, city] = declaration.columns;
  expect(city?.kind === 'categorical' && city.levels.toSorted()).toEqual(['Enns', 'Graz', 'Linz', 'Wels', 'other']);
  expect(declaration.file).toBe('4.csv');
});
