import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRandom } from '../../../../ml/core/random.ts';
import { loadRelease } from '../../../../ml/pipeline/predict.ts';
import { train } from '../../../../ml/pipeline/train.ts';
import { readRelease } from '../../../../ml/release/read.ts';
import { readRowsOf } from '../../../../ml/release/rows.ts';
import { makeCard, type NumberCard } from '../../../../ml/report/card/card.ts';
import { drawCard } from '../../../../ml/report/card/draw-card.ts';
import { reportedModel } from '../../../../ml/report/reported-model.ts';
import { taskNamed } from '../../../../ml/selection/tasks/index.ts';
import { writePanel } from '../../../panel.ts';
import { makeFolder, temporaryFolder } from '../../../temporary.ts';

/** Trains on what is in a folder, and makes the card of the release. */
async function cardOf(dataset: string): Promise<{ card: NumberCard; text: string; file: (name: string) => string }> {
  const artifacts = join(dataset, 'artifacts');
  await train({ dataset, artifacts, models: ['linear'], threshold: 0 });
  const release = await readRelease(artifacts);
  const [learned, held] = [await readRowsOf(release, 'train'), await readRowsOf(release, 'test')];
  const card = makeCard(reportedModel(await loadRelease(artifacts)), learned, held);
  if (card.kind !== 'number') throw new Error('it is of classes');
  const text = drawCard(card, taskNamed('regression')).join('\n\n');
  return { card, text, file: (name) => readFileSync(join(release.path, name), 'utf8') };
}

const declaration = {
  name: 'parcels',
  title: 'Parcels',
  file: 'parcels.csv',
  target: 'hours',
  columns: [
    { name: 'distance', title: 'Distance', kind: 'numeric', min: 0, max: 500, unit: 'km' },
    { name: 'weight', title: 'Weight', kind: 'numeric', min: 0 },
    { name: 'carrier', title: 'Carrier', kind: 'categorical', levels: ['post', 'bike', 'drone', 'mule'] },
    { name: 'wrapped', title: 'Wrapped', kind: 'categorical', levels: ['yes', 'no'] },
    { name: 'hours', title: 'Hours', kind: 'numeric', unit: 'h' },
  ],
};

/** Bikes are unreliable, a drone has five rows, a mule none; distances end at 100 km. Weights are sometimes not known. */
function writeParcels(folder: string): string {
  const random = createRandom(3);
  const rows = Array.from({ length: 1000 }, (_, i) => {
    const distance = random.uniform() * 100;
    const carrier = i % 200 === 7 ? 'drone' : i % 2 === 0 ? 'post' : 'bike';
    const noise = (random.uniform() - 0.5) * (carrier === 'bike' ? 12 : 1);
    const weight = i % 50 === 3 ? '' : random.uniform().toFixed(3);
    const wrapped = random.below(2) === 0 ? 'yes' : 'no';
    return [distance.toFixed(3), weight, carrier, wrapped, (distance / 4 + noise).toFixed(3)].join(',');
  });
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify(declaration));
  writeFileSync(join(folder, 'parcels.csv'), ['distance,weight,carrier,wrapped,hours', ...rows].join('\n'));
  return folder;
}

describe('of parcels', () => {
  const folder = makeFolder();
  let made: Awaited<ReturnType<typeof cardOf>>;
  beforeAll(async () => {
    made = await cardOf(writeParcels(folder));
  });

  test('says on how many rows it was measured, how far it was off, and what always saying the mean would have been', () => {
    const { card, text } = made;
    expect(card.rows).toEqual({ learned: 800, held: 200, measured: 200 });
    const { mean, half, most, always } = card.errors;
    // Half of the rows are off by up to 0.5, the others by up to 6.
    expect(mean).toBeGreaterThan(1);
    expect(mean).toBeLessThan(2.5);
    expect(half).toBeLessThan(most);
    expect(always.prediction).toBeCloseTo(12.5, 0);
    expect(always.mean).toBeGreaterThan(2 * mean);
    expect(text).toMatch(/^\*\*Fit for\*\* predicting Hours of records like the 800 rows that it learned from\./);
    expect(text).toMatch(
      /On 200 rows that it had never seen:\n\n- it was off by \*\*[\d.]+ h\*\* on average; always saying the mean, 1[23][.\d]* h, would/,
    );
  });

  test('finds the rows that are predicted worse, and those alone', () => {
    const { card, text } = made;
    const told = card.segments.map(({ column, value, isWorse }) => [column.name, value, isWorse]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['carrier', 'bike', true],
        ['carrier', 'post', false],
        ['wrapped', 'yes', false],
        ['wrapped', 'no', false],
      ]),
    );
    expect(told).toHaveLength(4);
    expect(text).toMatch(/\*\*Take care\*\* where it does worse, .*:\n\n- Carrier: bike: off by [\d.]+ h on average/);
    expect(text).toMatch(/\| Carrier: bike \| \d+ \| \*\*[\d.]+ h\*\* \|/);
  });

  test('says what it was never asked', () => {
    const { gaps } = made.card;
    expect(gaps.levels.map(({ column, few }) => [column.name, few.map(({ level }) => level)])).toEqual([
      ['carrier', ['mule', 'drone']],
    ]);
    expect(gaps.ranges.map(({ column, isOpenBelow, isOpenAbove }) => [column.name, isOpenBelow, isOpenAbove])).toEqual([
      ['distance', false, true],
      ['weight', false, true],
    ]);
    expect(gaps.neverMissing.map(({ name }) => name).sort()).toEqual(['carrier', 'distance', 'wrapped']);
    const { text } = made;
    expect(text).toMatch(/- Carrier: mule \(no row\), drone \([345] rows\)\n/);
    expect(text).toMatch(/- Distance: above (99\.\d+|100) km\n/);
    expect(text).toMatch(
      /- a value that is not known, of (?:(?:Distance|Carrier|Wrapped)(?:, |(?=:))){3}: every row had one\n/,
    );
    expect(text).toContain('no column says when they were');
  });

  test('tells which columns matter, and the rows that it was furthest off at', () => {
    const { card, text, file } = made;
    expect(text).toMatch(/\| Distance \| `█{20}` \| [\d.]+ h \| −1\.\d{3} ± 0\.\d{3} \|/);
    const [first, second] = card.worst;
    expect(card.worst).toHaveLength(5);
    const errors = card.worst.map(({ prediction, truth }) => Math.abs(prediction - truth));
    expect(errors).toEqual(errors.toSorted((a, b) => b - a));
    for (const row of [first, second]) {
      const cells = file('test.csv').split('\n')[(row?.line ?? 0) - 1]?.split(',') ?? [];
      expect(Number(cells.at(-1))).toBe(row?.truth);
      expect(cells[0]).toBe(row?.values.find(({ column }) => column.name === 'distance')?.text);
    }
    expect(text).toContain('| line | predicted | ');
  });

  test('says how often intervals hold the true value, of all rows and by group', () => {
    const { card, text } = made;
    expect(card.coverage).toBeGreaterThan(0.8);
    expect(card.segments.every(({ coverage }) => coverage !== undefined && coverage > 0.7)).toBe(true);
    expect(text).toMatch(/the true value was within the interval of its prediction in (8|9)\d % of the rows; 90 % is/);
    expect(text).toContain('| within the interval |');
  });
});

test('of shops by month says of which time and of how many shops the rows are, on either side', async () => {
  const { card, text } = await cardOf(writePanel(temporaryFolder()));
  expect(card.period).toMatchObject({ column: { name: 'month' } });
  const { learned = ['', ''], held = ['', ''] } = card.period ?? {};
  expect(learned[0]).toBe('2024-01-01');
  expect(learned[1] < held[0]).toBe(true);
  expect(held[1]).toBe('2024-12-01');
  expect(card.groups?.column.name).toBe('shop');
  expect((card.groups?.learned ?? 0) + (card.groups?.held ?? 0)).toBeLessThanOrEqual(20);
  expect(text).toMatch(
    /learned from, of 2024\\-01\\-01 to 2024\\-\d\d\\-01 \(Month\), of \d+ different values of Shop\. It may/,
  );
  expect(text).toContain(', so few that what follows is rough:');
  expect(text).toContain('Whether it does worse for some groups of rows is not known: none has 20 held-out rows.');
  expect(text).toMatch(/- times after 2024\\-12\\-01: it has been measured on no later row/);
  expect(card.gaps.ranges.map(({ column }) => column.name)).toEqual(['area']);
});
