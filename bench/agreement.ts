import { readdirSync } from 'node:fs';
import { regressionScores } from '../ml/core/regression-scores.ts';
import { estimatorNamed, estimatorNames } from '../ml/estimators/index.ts';
import { resolveParams } from '../ml/estimators/params.ts';
import { type Answer, referenceAnswers } from '../test/reference/answers.ts';
import { referenceSample } from '../test/reference/data.ts';
import { chosen, type Row, rowOf, verdict } from './table.ts';

/** How far mean R² over seeds may be apart. */
const TOLERANCE = 0.01;

/**
 * The mean holdout R² over seeds of what is random, beside what the references gave.
 *
 * @throws ParamError where nothing has `only` in its name.
 */
export async function measureAgreement(only?: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const comparison of chosen(comparisons(), only)) {
    const row = rowOf(
      { work: comparison.work, unit: 'R²', target: TOLERANCE },
      await meanR2(comparison),
      comparison.answer.r2,
      'difference',
    );
    console.error(`  ${row.work}: R² ${row.ours}, theirs ${row.theirs}, ${verdict(row.holds)}`);
    rows.push(row);
  }
  return rows;
}

interface Comparison {
  readonly work: string;
  readonly model: string;
  readonly answer: Answer;
}

/** Each answer that is a mean over seeds, of the estimators that are here. */
function comparisons(): Comparison[] {
  const asked = readdirSync(new URL('../test/reference/answers', import.meta.url)).map((file) =>
    file.replace('.json', ''),
  );
  return estimatorNames
    .filter((model) => asked.includes(model))
    .flatMap((model) =>
      referenceAnswers(model)
        .answers.filter(({ seeds }) => seeds !== undefined)
        .map((answer) => ({ work: nameOf(model, answer), model, answer })),
    );
}

function nameOf(model: string, { data, encoding, params }: Answer): string {
  const set = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return [model, `${data} (${encoding})`, ...set].join(', ');
}

async function meanR2({ model, answer: { data, encoding, params, seeds = 1 } }: Comparison): Promise<number> {
  const { x, y, holdoutX, holdoutY } = await referenceSample(data, encoding);
  const estimator = estimatorNamed(model, 'regression');
  const values = resolveParams(model, estimator.params, params);
  let sum = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const state = estimator.fit({ x, y, params: values, seed, threads: 2 });
    sum += regressionScores(holdoutY, estimator.predict(state, holdoutX).values).r2;
  }
  return sum / seeds;
}
