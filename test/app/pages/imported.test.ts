import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importModel } from '../../../ml/pipeline/import/import-model.ts';
import { serve } from '../serve.ts';

const flats = join(import.meta.dirname, '../../fixtures/imported/flats');

function served(proof: string | null) {
  const write = (folder: string) => {
    cpSync(join(flats, 'prices'), join(folder, 'prices'), { recursive: true });
    return join(folder, 'prices');
  };
  const release = (dataset: string, artifacts: string) =>
    importModel({ file: join(flats, 'prices.ubj'), dataset, artifacts, proof: proof && join(flats, proof) });
  return serve(write, { release });
}

const record = { area: 80, rooms: 3, heating: 'gas', lift: 'no' };
const sent = { area: '80', rooms: '3', heating: 'gas', lift: 'no' };

describe('a model that was trained elsewhere', () => {
  const proved = served('prices.csv');
  const bare = served(null);

  async function textOf(url: string, init?: RequestInit): Promise<string> {
    const response = await fetch(url, init);
    expect(response.status).toBe(200);
    return (await response.text()).replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  }

  test('is served by the form, with what made the prediction, and an interval where rows of proof say', async () => {
    const init = () => ({ method: 'POST', body: new URLSearchParams(sent) });
    const page = await textOf(proved.url, init());
    expect(page).toContain('In nine of ten cases the true value is');
    expect(page).toMatch(/Heating gas (lowered|raised) it by/);
    expect(page).toMatch(/R² on held-out rows 0\.9\d+ Learned from rows that XGBoost 3\.2\.0 was given/);
    const without = await textOf(bare.url, init());
    expect(without).toMatch(/Heating gas (lowered|raised) it by/);
    expect(without).not.toMatch(/In nine of ten cases|was off by|NaN|null|undefined|held-out/);
    expect(await textOf(proved.url)).toMatch(/On 60 rows of proof, the model was off by/);
    expect(await textOf(bare.url)).not.toMatch(/was off by|NaN|null|undefined/);
  });

  test('is served by the API', async () => {
    const ask = async (url: string): Promise<{ prediction: number; interval: number[] | null }> => {
      const init = { method: 'POST', body: JSON.stringify(record), headers: { 'content-type': 'application/json' } };
      return (await (await fetch(`${url}/api/predictions?explain=true`, init)).json()) as never;
    };
    const [answer, without] = [await ask(proved.url), await ask(bare.url)];
    expect(without.prediction).toBe(answer.prediction);
    expect(answer).toMatchObject({ interval: [expect.any(Number), expect.any(Number)] });
    expect(without.interval).toBeNull();
    const model = await (await fetch(`${bare.url}/api/model`)).json();
    expect(model).toMatchObject({
      score: { title: 'R²', value: null },
      scores: {},
      model: { title: 'XGBoost, imported' },
    });
  });

  test.each([
    ['with rows of proof', proved, /On the rows of proof, from which it is taken not to have learned\. .* R² 0\.9/],
    ['without', bare, /Nothing is known of how good it is: it was imported without rows of proof/],
  ])('has a page and a report: %s', async (_, { url }, scores) => {
    const page = await textOf(`${url}/model`);
    expect(page).toMatch(scores);
    expect(page).toMatch(/Released : it is imported from XGBoost 3\.2\.0, and was not trained here/);
    expect(page).not.toMatch(/NaN|null|undefined|Infinity/);
    expect(await textOf(`${url}/model/report`)).toMatch(scores);
  });
});
