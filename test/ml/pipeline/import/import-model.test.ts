import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkData } from '../../../../ml/checks/check-data.ts';
import { DataError, type Issue, ReleaseError } from '../../../../ml/core/errors.ts';
import { compareReleases } from '../../../../ml/pipeline/compare-releases.ts';
import { type ImportOptions, importModel } from '../../../../ml/pipeline/import/import-model.ts';
import { loadPredictor, ofNumbers } from '../../../../ml/pipeline/predict.ts';
import { predictCsv } from '../../../../ml/pipeline/predict-csv.ts';
import { repeatRelease } from '../../../../ml/pipeline/repeat.ts';
import { train } from '../../../../ml/pipeline/train.ts';
import { currentId } from '../../../../ml/release/history.ts';
import { readReleaseAt } from '../../../../ml/release/read.ts';
import { recordedVerdict } from '../../../../ml/release/recorded-verdict.ts';
import { temporaryFile, temporaryFolder } from '../../../temporary.ts';

const flats = join(import.meta.dirname, '../../../fixtures/imported/flats');
const at = (name: string) => join(flats, name);
const textOf = (name: string) => readFileSync(at(name), 'utf8');

type Given = Omit<ImportOptions, 'artifacts' | 'dataset' | 'file' | 'proof'> & {
  dataset?: string;
  proof?: string | null;
};

function importFlats(
  file: string,
  { dataset = at('prices'), proof = null, ...options }: Given = {},
  artifacts = temporaryFolder(),
) {
  return importModel({ file: at(file), dataset, proof, artifacts, ...options }).then((result) => ({
    ...result,
    artifacts,
  }));
}

async function refusal(work: Promise<unknown>): Promise<{ message: string; issues: readonly Issue[] }> {
  const error = await work.then(
    () => undefined,
    (thrown) => thrown,
  );
  if (!(error instanceof DataError)) throw error ?? new Error('it is not refused');
  return error;
}

/** The rows of a file of proof as records, and one of its columns. */
function recordsOf(name: string): Record<string, string>[] {
  const [header = '', ...lines] = textOf(name).trim().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [names[k] as string, cell])));
}

const recordFor = ({ area = '', rooms, heating, lift }: Record<string, string>) => ({
  area: area === '' ? null : Number(area),
  rooms: Number(rooms),
  heating,
  lift,
});

describe('a model with rows of proof', () => {
  test.each([
    ['categories', 'prices.ubj', 'prices.csv'],
    ['0/1 columns', 'one-hot.json', 'one-hot.csv'],
    ['codes, and features without names', 'codes.ubj', 'codes.csv'],
    ['early stopping', 'stopped.ubj', 'stopped.csv'],
  ])('is a release that predicts the same: %s', async (_, file, proof) => {
    const { artifacts, release, proof: proved, holdout, hasIntervals } = await importFlats(file, { proof: at(proof) });
    expect(proved).toMatchObject({ rows: 60, labelled: 60 });
    expect(proved?.difference).toBeLessThan(1e-6);
    expect(holdout?.r2).toBeGreaterThan(0.9);
    expect(hasIntervals).toBe(true);
    expect(await currentId(artifacts)).toBe(release.id);
    const predictor = ofNumbers(await loadPredictor(artifacts));
    const records = recordsOf(proof);
    predictor.predictAll(records.map(recordFor)).forEach((prediction, row) => {
      expect(prediction / Number(records[row]?.prediction)).toBeCloseTo(1, 6);
    });
    expect(predictor.modelTitle).toBe('XGBoost, imported');
    expect(recordedVerdict(predictor.manifest)).toMatchObject({
      released: true,
      reason: expect.stringMatching(/^it is imported from XGBoost 3\.2\.0, .* 60 rows of proof/),
    });
  });

  test('is explained as XGBoost explains it, with intervals that hold', async () => {
    const { artifacts } = await importFlats('prices.ubj', { proof: at('prices.csv') });
    const predictor = ofNumbers(await loadPredictor(artifacts));
    const records = recordsOf('prices.csv');
    const expected: number[][] = JSON.parse(textOf('prices-contributions.json'));
    let held = 0;
    predictor.explainAll(records.map(recordFor)).forEach((explanation, row) => {
      const { base, contributions, method, interval, outside } = explanation;
      const own = [...['area', 'rooms', 'heating', 'lift'].map((name) => contributions[name] as number), base];
      own.forEach((value, k) => {
        expect(Math.abs(value - (expected[row]?.[k] as number))).toBeLessThan(1e-6 * base);
      });
      expect(method).toBe('exact');
      expect(outside).toEqual([]);
      const [low, high] = interval as readonly [number, number];
      const price = Number(records[row]?.price);
      if (low <= price && price <= high) held += 1;
    });
    expect(held).toBeGreaterThanOrEqual(54);
  });

  test.each([
    ['of several classes', 'levels.ubj', 'levels'],
    ['of two classes, of which one is enough', 'dear.json', 'dear'],
  ])('%s', async (_, file, dataset) => {
    const result = await importFlats(file, { dataset: at(dataset), proof: at(`${dataset}.csv`) });
    expect(result.proof?.difference).toBeLessThan(1e-6);
    expect(result.holdout?.accuracy).toBeGreaterThan(0.8);
    const predictor = await loadPredictor(result.artifacts);
    if (predictor.task === 'regression') throw new Error('it predicts a number');
    const [first = {}] = recordsOf(`${dataset}.csv`);
    const { probabilities, base, contributions, of } = predictor.explain(recordFor(first));
    for (const level of predictor.target.levels) {
      const expected = first[`probability_${level}`];
      if (expected !== undefined) expect(probabilities[level]).toBeCloseTo(Number(expected), 6);
    }
    const logOdds = Object.values(contributions).reduce((sum, value) => sum + value, base);
    const own = probabilities[of] as number;
    expect(logOdds).toBeCloseTo(Math.log(own / (1 - own)), 6);
  });

  test('is proved by what the release itself predicts', async () => {
    const { artifacts } = await importFlats('levels.ubj', { dataset: at('levels'), proof: at('levels.csv') });
    const out = join(temporaryFolder(), 'out.csv');
    await predictCsv(await loadPredictor(artifacts), at('levels/rows.csv'), out);
    const { proof } = await importFlats('levels.ubj', { dataset: at('levels'), proof: out });
    expect(proof).toMatchObject({ rows: 300, labelled: 300 });
  });

  test('without a target has no scores and no intervals, and says so', async () => {
    const result = await importFlats('prices.ubj', { proof: at('prices-unlabelled.csv') });
    expect(result).toMatchObject({ proof: { rows: 60, labelled: 0 }, holdout: null, hasIntervals: false });
    const predictor = ofNumbers(await loadPredictor(result.artifacts));
    expect(predictor).toMatchObject({ typicalError: null, score: { title: 'R²', value: null } });
    expect(predictor.explain(recordFor(recordsOf('prices.csv')[0] ?? {}))).toMatchObject({
      interval: null,
      method: 'exact',
    });
    const csv = predictCsv(predictor, at('prices/rows.csv'), join(temporaryFolder(), 'out.csv'), { interval: true });
    await expect(csv).rejects.toThrow(/was imported with too few rows of proof/);
  });
});

describe('is refused', () => {
  test('where rows are predicted otherwise, the first ten of which are listed', async () => {
    const proof = temporaryFile(textOf('prices.csv').replace(/,(\d+)(\.\d+)?$/gm, ',$19$2'));
    const artifacts = temporaryFolder();
    const { message, issues } = await refusal(importFlats('prices.ubj', { proof }, artifacts));
    expect(message).toMatch(/^60 of 60 rows of proof are predicted otherwise/);
    expect(issues[0]).toEqual({
      path: 'line 2',
      message: expect.stringMatching(/is expected, and \d+\.\d+ predicted here/),
    });
    expect(issues.filter(({ path }) => path.startsWith('line'))).toHaveLength(10);
    expect(await currentId(artifacts).catch(() => undefined)).toBeUndefined();
  });

  test('where the order of categories or classes is another', async () => {
    const dataset = join(temporaryFolder(), 'levels');
    cpSync(at('levels'), dataset, { recursive: true });
    const declared = readFileSync(join(dataset, 'dataset.json'), 'utf8');
    writeFileSync(
      join(dataset, 'dataset.json'),
      declared.replace(/"cheap",(\s+)"fair",(\s+)"dear"/, '"dear",$1"cheap",$2"fair"'),
    );
    const proof = at('levels.csv');
    expect((await refusal(importFlats('levels.ubj', { dataset, proof }))).message).toMatch(
      /rows of proof are predicted otherwise/,
    );
    const classes = ['cheap', 'fair', 'dear'];
    expect((await importFlats('levels.ubj', { dataset, proof, classes })).proof?.rows).toBe(60);
    const wrong = await refusal(importFlats('levels.ubj', { dataset, proof, classes: ['low', 'mid', 'high'] }));
    expect(wrong.issues.map(({ message }) => message)).toEqual(['low, mid, high', 'dear, cheap, fair']);
  });

  test('where features are others, of which both sides are listed', async () => {
    const features = ['area', 'rooms', 'warmth', 'lift'];
    const { message, issues } = await refusal(importFlats('prices.ubj', { features }));
    expect(message).toMatch(/features are not those of the declaration/);
    expect(issues).toEqual([
      { path: 'only the model has', message: 'warmth' },
      { path: 'only the declaration has', message: 'heating' },
    ]);
    expect((await refusal(importFlats('prices.ubj', { features: ['area'] }))).message).toMatch(
      /1 features are named, and the model has 4/,
    );
    const twice = ['area', 'rooms', 'heating', 'heating'];
    expect((await refusal(importFlats('prices.ubj', { features: twice }))).issues[0]?.message).toBe('lift');
  });

  test('where it predicts something else than the target', async () => {
    expect((await refusal(importFlats('levels.ubj'))).message).toMatch(/tells 3 classes apart/);
    expect((await refusal(importFlats('prices.ubj', { dataset: at('levels') }))).message).toMatch(/predicts a number/);
  });

  test('where the proof lacks what it is to prove', async () => {
    const without = temporaryFile(textOf('prices.csv').replace(',prediction', ',guess'));
    expect((await refusal(importFlats('prices.ubj', { proof: without }))).message).toMatch(/has no column prediction/);
    const empty = temporaryFile(textOf('prices.csv').replace(/[\d.]+$/m, ''));
    expect((await refusal(importFlats('prices.ubj', { proof: empty }))).issues[0]?.path).toBe('line 2, prediction');
    const two = temporaryFile(textOf('levels.csv').replace('probability_fair', 'fair'));
    expect((await refusal(importFlats('levels.ubj', { dataset: at('levels'), proof: two }))).message).toMatch(
      /probability_cheap, probability_fair, probability_dear/,
    );
  });

  test('where it is no model', async () => {
    const pickle = temporaryFile(Uint8Array.of(0x80, 4, 0x95, 0, 0), 'model.pkl');
    const work = importModel({ file: pickle, dataset: at('prices'), proof: null, artifacts: temporaryFolder() });
    expect((await refusal(work)).message).toMatch(/^model\.pkl: it is a pickle, which would run code/);
  });
});

describe('rounds', () => {
  test('are those that XGBoost takes, or that are asked for', async () => {
    const proof = at('stopped.csv');
    const stopped = await importFlats('stopped.ubj', { proof });
    expect(stopped.imported.note).toMatch(/^the first 9 of its 11 rounds count/);
    expect((await importFlats('stopped.ubj', { proof, rounds: 9 })).proof?.rows).toBe(60);
    const all = await refusal(importFlats('stopped.ubj', { proof, rounds: 11 }));
    expect(all.message).toMatch(/rows of proof are predicted otherwise/);
    // A Booster takes all, and says which were best.
    const json = JSON.parse(textOf('one-hot.json'));
    json.learner.attributes = { best_iteration: '4' };
    const file = temporaryFile(JSON.stringify(json), 'model.json');
    const booster = { file, dataset: at('prices'), artifacts: temporaryFolder() };
    expect((await importModel({ ...booster, proof: at('one-hot.csv') })).imported.note).toMatch(
      /\(--rounds 5 takes these\)$/,
    );
    const other = await refusal(importModel({ ...booster, proof: at('stopped.csv') }));
    expect(other.issues.at(-1)).toEqual({
      path: 'the model',
      message: expect.stringMatching(/^all of its 8 rounds count/),
    });
  });

  test('that a model does not have are refused', async () => {
    for (const rounds of [0, 12, 1.5, Number.NaN])
      await expect(importFlats('stopped.ubj', { rounds })).rejects.toThrow(
        `the model has 11 rounds; ${rounds} of them cannot count`,
      );
  });
});

describe('a release that was imported', () => {
  test('is not put into use where that is said, and without proof says so', async () => {
    const artifacts = temporaryFolder();
    const { release: first } = await importFlats('prices.ubj', { proof: at('prices.csv') }, artifacts);
    const { release, proof } = await importFlats('one-hot.json', { use: false }, artifacts);
    expect(proof).toBeNull();
    expect(await currentId(artifacts)).toBe(first.id);
    const read = await readReleaseAt(join(artifacts, release.id));
    expect(read.manifest.imported).toMatchObject({ program: 'XGBoost', objective: 'reg:squarederror', proof: null });
    expect(recordedVerdict(read.manifest).reason).toMatch(/no rows have proved/);
  });

  test('is the same for the same file and proof', async () => {
    const [one, other] = await Promise.all([
      importFlats('prices.ubj', { proof: at('prices.csv') }),
      importFlats('prices.ubj', { proof: at('prices.csv') }),
    ]);
    expect(one.release.id).toBe(other.release.id);
  });

  test.each([
    ['with rows of proof', at('prices.csv')],
    ['without', null],
  ])('is checked, compared, trained over and not repeated: %s', async (_, proof) => {
    const { artifacts, release } = await importFlats('prices.ubj', { proof });
    const check = await checkData({ dataset: at('prices'), against: artifacts });
    expect(check.against?.rows).toBe(proof ? 60 : undefined);
    await expect(repeatRelease({ release: release.path })).rejects.toThrow(ReleaseError);
    const result = await train({ dataset: at('prices'), artifacts, models: ['linear'], tolerance: 1 });
    expect(result.champion).toMatchObject({ status: 'compared', release: release.id, basis: 'unknown' });
    const trained = await readReleaseAt(result.path as string);
    const { comparison } = await compareReleases(release, trained);
    expect(comparison).toMatchObject({ status: 'compared', basis: 'unknown' });
    const back = await compareReleases(trained, release);
    expect(back.comparison.status).toBe(proof ? 'compared' : 'incomparable');
  });
});
