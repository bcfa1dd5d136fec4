import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Predictions } from '../../../../app/predictions/predictions.ts';
import { loadRelease, train } from '../../../../ml/index.ts';
import { houseRows, writeHouses } from '../../../houses.ts';
import { serve } from '../../serve.ts';

const served = serve((folder) => writeHouses(folder, houseRows(200)));
const get = (path: string) => fetch(served.url + path);

describe('the page of the model', () => {
  test('says what serves, what it learned from, and how good it is', async () => {
    const response = await get('/model');
    expect(response.status).toBe(200);
    const page = await response.text();
    const { release, score, manifest } = served.predictor;
    expect(page).toContain(`<code>${release}</code>`);
    expect(page).toContain((score.value as number).toFixed(4));
    expect(page).toContain(`${manifest.data.train} rows, 3 columns`);
    for (const section of ['Scores', 'Leaderboard', 'Residuals', 'Permutation importance', 'Assumed and left out'])
      expect(page).toContain(`-title">${section}</h2>`);
    expect(page).toContain('No other release lies beside the one that serves');
    expect(page.match(/<a href="\/model" aria-current="page">/g)).toHaveLength(1);
  });

  test('is made once', async () => {
    const [one, other] = await Promise.all([served.predictions.modelPages(), served.predictions.modelPages()]);
    expect(one).toBe(other);
  });

  test('has the report, under a policy that lets it have its own style, and nothing else', async () => {
    expect(await (await get('/model')).text()).toContain('href="/model/report"');
    const response = await get('/model/report');
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    const policy = response.headers.get('Content-Security-Policy');
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    // The page says itself what it needs, and what it says is what its header lets it have.
    const page = await response.text();
    expect(page).toContain('<title>House prices: report</title>');
    const [own] = /sha256-[\w+/]+=*/.exec(page) as RegExpExecArray;
    expect(policy).toContain(own);
    expect((await get('/model')).headers.get('Content-Security-Policy')).not.toContain('sha256');
  });

  test('takes no other method', async () => {
    const response = await fetch(`${served.url}/model`, { method: 'POST' });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET, HEAD');
  });

  test('of another release tells of those before it, and of one without a report that it has none', async () => {
    const { artifacts, predictor } = served;
    const dataset = join(artifacts, '..');
    await train({ dataset, models: ['linear'], artifacts, seed: 7, tolerance: 99 });
    const release = await loadRelease(artifacts);
    expect(release.id).not.toBe(predictor.release);
    rmSync(join(release.path, 'report.html'));
    const predictions = new Predictions(release);
    const { html, report } = await predictions.modelPages();
    await predictions.close();
    expect(report).toBeUndefined();
    expect(html).toContain('not kept here');
    expect(html).toMatch(new RegExp(`<code>${predictor.release}</code></th><td>[^<]+</td><td>kept</td>`));
    expect(html).toMatch(new RegExp(`<code>${release.id}</code></th><td>[^<]+</td><td><strong>serves</strong></td>`));
  });
});
