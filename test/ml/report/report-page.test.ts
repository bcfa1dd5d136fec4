import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { reportOfRelease } from '../../../ml/pipeline/report-of-release.ts';
import { train } from '../../../ml/pipeline/train.ts';
import type { TrainOptions } from '../../../ml/pipeline/train-options.ts';
import { type Release, readRelease } from '../../../ml/release/read.ts';
import { readReport, reportPath } from '../../../ml/release/report.ts';
import { writeFlowers, writeLoans } from '../../class-data.ts';
import { houseRows, houses, writeHouses } from '../../houses.ts';
import { makeFolder, temporaryFolder } from '../../temporary.ts';

const MEGABYTE = 1_000_000;

/** Trains on what is written into a folder; the report that its release keeps. */
function reported(write: (folder: string) => string, options: Partial<TrainOptions> = {}) {
  const folder = makeFolder();
  const made = { release: undefined as Release | undefined, page: '' };
  beforeAll(async () => {
    const artifacts = join(folder, 'artifacts');
    await train({ dataset: write(folder), artifacts, models: ['linear'], threshold: -1, ...options });
    made.release = await readRelease(artifacts);
    made.page = (await readReport(made.release)) ?? '';
  });
  return made;
}

/** The titles of the sections of a page. */
const titlesOf = (page: string) => [...page.matchAll(/<h3 id="[^"]*"><a[^>]*>([^<]*)</g)].map(([, title]) => title);

const everywhere = [
  'Leaderboard: what was tried',
  'Errors by group',
  'Permutation importance: what matters',
  'Partial dependence: what predictions depend on',
  'The largest errors',
];

describe.each([
  {
    what: 'a number',
    made: reported((folder) => writeHouses(folder, houseRows(400))),
    sections: ['Predicted against actual', 'Calibration of intervals', 'Learning curve: would more rows help?'],
    told: [
      '<strong>Released</strong>',
      'Mean absolute error',
      'Predicted against actual',
      'Floor area',
      'always the mean',
    ],
  },
  {
    what: 'one of two classes',
    made: reported((folder) => writeLoans(folder), { models: ['logistic', 'gradient_boosting'] }),
    sections: ['Confusion matrix', 'ROC, precision and recall', 'Calibration of probabilities'],
    told: ['Accuracy', 'ROC curve', 'Precision and recall', 'always no', 'Purpose: boat'],
  },
  {
    what: 'one of ten classes',
    made: reported(
      (folder) =>
        writeFlowers(
          folder,
          [...'abcdefghij'].map((letter) => `flower ${letter}`),
          600,
        ),
      { models: ['logistic'] },
    ),
    sections: ['Confusion matrix', 'ROC, precision and recall', 'Calibration of probabilities'],
    told: ['Recall and precision by class', 'each class against all others', 'flower j'],
  },
])('the report of $what', ({ made, sections, told }) => {
  test('tells of the models, of the held-out rows, and where all comes from', () => {
    const titles = titlesOf(made.page);
    for (const title of [...everywhere, ...sections]) expect(titles).toContain(title);
    expect(told.filter((text) => !made.page.includes(text))).toEqual([]);
    const { manifest } = made.release as Release;
    const asWell = [manifest.data.sha256, String(manifest.code), 'npm run train -- --like'];
    expect(asWell.filter((text) => !made.page.includes(text))).toEqual([]);
  });

  test('is one page, that asks for nothing and runs nothing, and small', () => {
    expect(Buffer.byteLength(made.page)).toBeLessThan(MEGABYTE);
    expect(/<script|<link|<iframe|src="|url\(|@import|\son\w+="/.exec(made.page)?.[0]).toBeUndefined();
    expect(/https?:/.exec(made.page.replaceAll(/ xmlns="[^"]*"/g, ''))?.[0]).toBeUndefined();
    expect(/NaN|undefined|Infinity|\[object/.exec(made.page)?.[0]).toBeUndefined();
  });

  test('is a part of the release, and the same when it is made of that again', async () => {
    const release = made.release as Release;
    expect(readFileSync(reportPath(release) as string, 'utf8') === made.page).toBe(true);
    expect(release.manifest.files.report).toMatchObject({ name: 'report.html', bytes: Buffer.byteLength(made.page) });
    expect((await reportOfRelease(release)) === made.page).toBe(true);
  });
});

test('names from a data set are text, and hundreds of columns, levels and long names are no trouble', async () => {
  const hostile = '</title><script>alert(1)</script>"\'`| **b** &lt; \u202e@octocat';
  const long = '長い名'.repeat(100);
  const levels = ['gas', 'heat pump', 'none', ...Array.from({ length: 200 }, (_, i) => `${hostile}${i}`)];
  const [area, rooms, heating, price] = houses.columns;
  const more = Array.from({ length: 200 }, (_, i) => ({
    name: `c${i}`,
    title: `${long}${i}`,
    kind: 'numeric' as const,
  }));
  const folder = temporaryFolder();
  const declaration = {
    ...houses,
    title: hostile,
    columns: [
      { ...area, title: hostile, unit: hostile },
      rooms,
      { ...heating, levels },
      { ...price, title: hostile, unit: hostile },
      ...more,
    ],
  };
  const header = ['area', 'rooms', 'heating', 'price', ...more.map(({ name }) => name)].join(',');
  const rows = houseRows(200).map((row, i) => `${row},${more.map((_, j) => (i * (j + 3)) % 17).join(',')}`);
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  writeFileSync(join(folder, 'houses.csv'), [header, ...rows].join('\n'));
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: folder, artifacts, models: ['ridge'], threshold: -99 });
  const page = (await readReport(await readRelease(artifacts))) ?? '';
  expect(Buffer.byteLength(page)).toBeLessThan(MEGABYTE);
  expect(/<script|<b>/.exec(page)?.[0]).toBeUndefined();
  expect(page.includes('\u202e')).toBe(false);
  expect(page.match(/<\/title>/g)?.length).toBe(page.match(/<title>/g)?.length);
});

test('a copy that only serves lacks it, and predicts all the same', async () => {
  const folder = writeHouses(temporaryFolder());
  const artifacts = join(folder, 'artifacts');
  await train({ dataset: folder, artifacts, models: ['linear'] });
  rmSync(reportPath(await readRelease(artifacts)) as string);
  const bare = await readRelease(artifacts);
  expect(reportPath(bare)).toBeUndefined();
  expect(await readReport(bare)).toBeUndefined();
});
