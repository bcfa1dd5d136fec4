import { readdirSync } from 'node:fs';
import type { Predictions } from '../ml/core/predictions.ts';
import { regressionScores } from '../ml/core/regression-scores.ts';
import { estimatorNamed, estimatorNames } from '../ml/estimators/index.ts';
import { resolveParams } from '../ml/estimators/params.ts';
import { logLosses } from '../ml/explain/log-losses.ts';
import { type Answer, type ClassAnswer, referenceAnswers, referenceClassAnswers } from '../test/reference/answers.ts';
import { classSample } from '../test/reference/class-data.ts';
import { referenceSample, referenceWeights, type Sample } from '../test/reference/data.ts';
import { taskOf } from './random/problem.ts';
import { chosen, type Row, rowOf, verdict } from './table.ts';

/** How far mean scores over seeds may be apart. */
const TOLERANCES = { 'R²': 0.01, 'log loss': 0.005 };

/** Seeds of ours, at most: the reference's mean may be over more. */
const SEEDS = 20;

/**
 * The mean score over seeds of what is random on held-out rows, beside what the references gave: R², and of classes the log loss.
 *
 * @throws ParamError where nothing has `only` in its name.
 */
export async function measureAgreement(only?: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { work, unit, theirs, ours } of chosen(comparisons(), only)) {
    const row = rowOf({ work, unit, target: TOLERANCES[unit] }, await ours(), theirs, 'difference');
    console.error(`  ${row.work}: ${unit} ${row.ours}, theirs ${row.theirs}, ${verdict(row.holds)}`);
    rows.push(row);
  }
  return rows;
}

interface Comparison {
  readonly work: string;
  readonly unit: keyof typeof TOLERANCES;
  readonly theirs: number;
  readonly ours: () => Promise<number>;
}

/** Each answer that is a mean over seeds, of the estimators that are here. */
function comparisons(): Comparison[] {
  const asked = readdirSync(new URL('../test/reference/answers', import.meta.url));
  const answered = (end: string) => estimatorNames.filter((model) => asked.includes(`${model}${end}.json`));
  const isMean = ({ seeds }: Pick<Answer, 'seeds'>) => seeds !== undefined;
  return [
    ...answered('').flatMap((model) =>
      referenceAnswers(model)
        .answers.filter(isMean)
        .map((answer) => ofNumbers(model, answer)),
    ),
    ...answered('_classes').flatMap((model) =>
      referenceClassAnswers(model)
        .answers.filter(isMean)
        .map((answer) => ofClasses(model, answer)),
    ),
  ];
}

function ofNumbers(model: string, answer: Answer): Comparison {
  const r2 = (y: Float64Array, { values }: Predictions) => regressionScores(y, values).r2;
  const ours = async () => meanScore(model, answer, await referenceSample(answer.data, answer.encoding), r2);
  return { work: nameOf(model, answer), unit: 'R²', theirs: answer.r2, ours };
}

function ofClasses(model: string, answer: ClassAnswer): Comparison {
  const logLoss = (y: Float64Array, predictions: Predictions) =>
    logLosses(y, predictions).reduce((sum, loss) => sum + loss / y.length, 0);
  const ours = async () => meanScore(model, answer, classSample(answer.data, answer.encoding), logLoss);
  return { work: `${nameOf(model, answer)}, classes`, unit: 'log loss', theirs: answer.log_loss, ours };
}

function nameOf(model: string, { data, encoding, params, weighted }: Answer | ClassAnswer): string {
  const set = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return [model, `${data} (${encoding})`, ...set, ...(weighted ? ['weighted'] : [])].join(', ');
}

function meanScore(
  model: string,
  { params, weighted, seeds = 1 }: Answer | ClassAnswer,
  { x, y, holdoutX, holdoutY, classes }: Sample & { readonly classes?: number },
  score: (y: Float64Array, predictions: Predictions) => number,
): number {
  const estimator = estimatorNamed(model, taskOf({ classes }));
  const values = resolveParams(model, estimator.params, params);
  const weights = weighted ? referenceWeights(x.rows) : undefined;
  const count = Math.min(seeds, SEEDS);
  let sum = 0;
  for (let seed = 0; seed < count; seed++) {
    const state = estimator.fit({ x, y, weights, classes, params: values, seed, threads: 2 });
    sum += score(holdoutY, estimator.predict(state, holdoutX));
  }
  return sum / count;
}
