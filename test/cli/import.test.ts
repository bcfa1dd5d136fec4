import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { start } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';

const flats = join(import.meta.dirname, '../fixtures/imported/flats');
const run = (...args: string[]) => start(['cli/plumbline.ts', ...args]).exit;

describe('npm run import', () => {
  it('releases a model that rows prove, and predict, report and releases take it as any other', async () => {
    const folder = temporaryFolder();
    const place = ['--dataset', join(flats, 'prices'), '--artifacts', join(folder, 'artifacts')];
    const file = join(flats, 'one-hot.json');
    const json = join(folder, 'imported.json');
    const imported = await run('import', file, ...place, '--proof', join(flats, 'one-hot.csv'), '--json', json);
    expect(imported.stderr).toBe('');
    expect(imported.code).toBe(0);
    expect(imported.stdout).toMatch(/^XGBoost 3\.2\.0, reg:squarederror\n/);
    expect(imported.stdout).toMatch(/\n +heating_oil +heating +1 where it is oil, else 0\n/);
    expect(imported.stdout).toMatch(/\nProof: 60 rows are predicted as they were there, to within \d\.\de-\d+\n/);
    expect(imported.stdout).toMatch(/\nScores on the 60 rows of proof that have a target: R² 0\.9\d+, RMSE/);
    const told = JSON.parse(readFileSync(json, 'utf8'));
    expect(told).toMatchObject({ use: true, proof: { rows: 60, labelled: 60 }, hasIntervals: true });
    expect(told.features[0]).toEqual({ feature: 'area', column: 'area', how: 'the number' });

    const markdown = await run('report', '--training', json);
    expect(markdown.stderr).toBe('');
    expect(markdown.stdout).toContain(`**Released** as \`${told.release}\`: it is imported from XGBoost 3.2.0`);
    expect(markdown.stdout).toContain('None: the model is of XGBoost 3.2.0, `reg:squarederror`.');
    expect(markdown.stdout).toMatch(/\| R² \| – \| 0\.9\d+ \|/);

    const record = '{"area": 80, "rooms": 3, "heating": "gas", "lift": false}';
    const predicted = await run('predict', ...place.slice(2), '--record', record, '--explain');
    expect(predicted.stdout).toMatch(/^Price: [\d,.]+ EUR \(release [0-9a-f]{12}\)\n/);
    const listed = await run('releases', 'list', ...place);
    expect(listed.stdout).toMatch(/\n\* +[0-9a-f]{12} .* imported_xgboost +60 +R² 0\.9\d+ +released\n/);
    const shown = await run('releases', 'show', 'current', ...place);
    expect(shown.stdout).toContain(
      'verdict         released: it is imported from XGBoost 3.2.0, and was not trained here',
    );
    const out = join(folder, 'report.html');
    expect((await run('report', ...place, '--out', out)).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('trained elsewhere, with what XGBoost 3.2.0 calls reg:squarederror');
  });

  it('refuses a model that nothing proves, unless it is told to', async () => {
    const artifacts = join(temporaryFolder(), 'artifacts');
    const args = ['import', join(flats, 'prices.ubj'), '--dataset', join(flats, 'prices'), '--artifacts', artifacts];
    const refused = await run(...args);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/^Error: nothing shows that the model predicts here as it did there: .*--no-proof/);
    const released = await run(...args, '--no-proof', '--no-use');
    expect(released.code).toBe(0);
    expect(released.stdout).toMatch(/\nProof: none\. /);
    expect(released.stdout).toMatch(/it is not in use: npm run releases -- promote [0-9a-f]{12}\n$/);
  });

  it('says in a sentence what is wrong with a file', async () => {
    const args = ['--dataset', join(flats, 'prices'), '--no-proof', '--artifacts', temporaryFolder()];
    const text = await run('import', join(flats, 'prices.csv'), ...args);
    expect(text.code).toBe(1);
    expect(text.stderr).toMatch(
      /^Error: prices\.csv: it is no model that can be imported; those that can be are: XGBoost/,
    );
    const missing = await run('import', join(flats, 'none.ubj'), ...args);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/none\.ubj does not exist/);
  });
});
