import { describe, expect, test } from 'vitest';
import { checkDeclaration, type Declaration } from '../../../../ml/data/declaration.ts';
import { ingest } from '../../../../ml/data/ingest.ts';
import { sliceRows, type Table } from '../../../../ml/data/table.ts';
import { analyseData, type DataAnalysis } from '../../../../ml/report/data-section/analysis.ts';
import { dataSection } from '../../../../ml/report/data-section/data-section.ts';
import { drawPage } from '../../../../ml/report/html/page.ts';

const levels = ['no', 'soon', 'yes'];

/** Rows of which each counts by its copies, one to three of them. */
const rows = Array.from({ length: 240 }, (_, i) => ({
  calls: i % 13 === 0 ? null : i % 7,
  plan: i % 3 === 0 ? 'small' : 'large',
  two: i % 4 === 0 ? 'yes' : 'no',
  three: levels[(i + (i % 7)) % 3] as string,
  spent: (i % 7) ** 2 + (i % 3),
  copies: 1 + (i % 3),
}));

const declarationFor = (target: string, weight?: string): Declaration =>
  checkDeclaration({
    name: 'leavers',
    title: 'Leavers',
    file: 'leavers.csv',
    target,
    ...(weight !== undefined && { weight }),
    columns: [
      { name: 'calls', title: 'Calls', kind: 'numeric', step: 1 },
      { name: 'plan', title: 'Plan', kind: 'categorical', levels: ['small', 'large'] },
      { name: 'two', title: 'Two', kind: 'categorical', levels: ['no', 'yes'] },
      { name: 'three', title: 'Three', kind: 'categorical', levels },
      { name: 'spent', title: 'Spent', kind: 'numeric' },
      ...(weight === undefined ? [] : [{ name: weight, title: 'Copies <1>', kind: 'numeric' as const }]),
    ],
  });

const HELD = 60;

async function tableOf(declaration: Declaration, some: readonly object[]): Promise<Table> {
  return (await ingest(some, declaration)).table;
}

/** The same rows, once with weights and once each as often as it counts. */
async function both(target: string, positive?: string): Promise<readonly [DataAnalysis, DataAnalysis]> {
  const weighted = declarationFor(target, 'copies');
  const table = await tableOf(weighted, rows);
  const plain = declarationFor(target);
  const repeated = (some: typeof rows) =>
    tableOf(
      plain,
      some.flatMap(({ copies, ...row }) => Array.from({ length: copies }, () => row)),
    );
  const split = { learned: sliceRows(table, HELD, rows.length), held: sliceRows(table, 0, HELD) };
  return [
    analyseData({ declaration: weighted, ...split, positive, seed: 1 }),
    analyseData({
      declaration: plain,
      learned: await repeated(rows.slice(HELD)),
      held: await repeated(rows.slice(0, HELD)),
      positive,
      seed: 1,
    }),
  ];
}

/** All numbers rounded, since sums of weights and of ones may differ by their rounding. */
const rounded = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value ?? null, (_, each) => (typeof each === 'number' ? Number(each.toPrecision(9)) : each)),
  );

const featureOf = ({ features }: DataAnalysis, name: string) =>
  features.find(({ column }) => column.name === name) ?? expect.unreachable();

describe('rows that have weights count as so many rows', () => {
  test.each(['calls', 'plan', 'three'])('in the distribution of %s, and its shares and mean', async (name) => {
    const [weighted, repeated] = (await both('spent')).map((analysis) => featureOf(analysis, name)) as [
      ReturnType<typeof featureOf>,
      ReturnType<typeof featureOf>,
    ];
    expect(rounded(weighted.distribution)).toEqual(rounded(repeated.distribution));
    expect(rounded(weighted.summary.levels)).toEqual(rounded(repeated.summary.levels));
    expect(weighted.summary.weight).toBe(repeated.summary.weight);
    for (const figure of ['mean', 'deviation'] as const)
      expect(rounded(weighted.summary.numbers?.[figure])).toEqual(rounded(repeated.summary.numbers?.[figure]));
  });

  test('in the mean of a number by another', async () => {
    const [weighted, repeated] = (await both('spent')).map((analysis) => {
      const against = featureOf(analysis, 'calls').againstTarget;
      return against?.kind === 'means' ? against : expect.unreachable();
    });
    const meansOf = (points: readonly { x: number; mean: number }[] = []) => points.map(({ x, mean }) => [x, mean]);
    expect(meansOf(weighted?.points).length).toBe(7);
    expect(rounded(meansOf(weighted?.points))).toEqual(rounded(meansOf(repeated?.points)));
    // Quartiles of weights are values that there are; those of rows may lie between two of them.
    for (const [i, { q1, q3 }] of weighted?.points.entries() ?? []) {
      const same = repeated?.points[i];
      expect(Math.abs(q1 - (same?.q1 ?? Number.NaN))).toBeLessThanOrEqual(1);
      expect(Math.abs(q3 - (same?.q3 ?? Number.NaN))).toBeLessThanOrEqual(1);
    }
    expect(rounded(weighted?.unknown?.mean)).toEqual(rounded(repeated?.unknown?.mean));
  });

  test('in the share of a class, which is less sure than of so many rows', async () => {
    const [weighted, repeated] = (await both('two', 'yes')).map((analysis) => {
      const against = featureOf(analysis, 'plan').againstTarget;
      return against?.kind === 'level_rates' ? against : expect.unreachable();
    });
    expect(rounded(weighted?.levels.map(({ share }) => share))).toEqual(
      rounded(repeated?.levels.map(({ share }) => share)),
    );
    expect(rounded(weighted?.overall)).toEqual(rounded(repeated?.overall));
    const widthOf = (of: typeof weighted) => (of?.levels[0]?.high ?? 0) - (of?.levels[0]?.low ?? 0);
    expect(widthOf(weighted)).toBeGreaterThan(1.1 * widthOf(repeated));
  });

  test('in how much there is of several classes', async () => {
    const [weighted, repeated] = (await both('three')).map((analysis) => featureOf(analysis, 'calls').againstTarget);
    expect(weighted?.kind).toBe('shares');
    expect(rounded(weighted)).toEqual(rounded(repeated));
  });
});

test('the section says what counts by weight', async () => {
  const declaration = declarationFor('three', 'copies');
  const table = await tableOf(declaration, rows);
  const split = { learned: sliceRows(table, HELD, rows.length), held: sliceRows(table, 0, HELD) };
  const page = drawPage({ title: 'Weighted', sections: [dataSection({ declaration, ...split, seed: 1 })] });
  expect(page).toContain('each row counts by its weight, <bdi class="name">Copies &lt;1&gt;</bdi>');
  expect(page).toContain('Share by Copies &lt;1&gt;');
});
