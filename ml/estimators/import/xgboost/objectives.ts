import { DataError } from '../../../core/errors.ts';
import type { ImportedLink, ImportedModel } from '../imported-model.ts';

interface Objective {
  readonly link: ImportedLink;
  readonly predicts: ImportedModel['predicts'];
  /** What a base score, which the file has in the unit of the predictions, is as a sum: computed in float32, as there. */
  readonly baseOf: (score: number) => number;
}

const { fround } = Math;
const same = (score: number) => score;
const logOf = (score: number) => fround(Math.log(score));
const logOddsOf = (score: number) => fround(-Math.log(fround(fround(1 / score) - 1)));

const number: Objective = { link: 'identity', predicts: 'number', baseOf: same };
const exponential: Objective = { link: 'exp', predicts: 'number', baseOf: logOf };
const logistic: Objective = { link: 'logistic', predicts: 'classes', baseOf: logOddsOf };
const softmax: Objective = { link: 'softmax', predicts: 'classes', baseOf: same };

/** By the names that XGBoost 1.7 to 3.2 have. */
const objectives = new Map<string, Objective>([
  ['reg:squarederror', number],
  ['reg:squaredlogerror', number],
  ['reg:absoluteerror', number],
  ['reg:pseudohubererror', number],
  ['reg:quantileerror', number],
  ['reg:logistic', { ...logistic, predicts: 'number' }],
  ['count:poisson', exponential],
  ['reg:gamma', exponential],
  ['reg:tweedie', exponential],
  ['binary:logistic', logistic],
  // Its own predictions are log-odds; what a class wants to know is the probability.
  ['binary:logitraw', { ...logistic, baseOf: same }],
  ['binary:hinge', { link: 'sign', predicts: 'classes', baseOf: same }],
  ['multi:softprob', softmax],
  ['multi:softmax', softmax],
]);

/** @throws DataError where it is none that says numbers or classes */
export function objectiveNamed(name: string): Objective {
  const objective = objectives.get(name);
  if (objective) return objective;
  throw new DataError(
    `the model's objective is ${JSON.stringify(name.slice(0, 60))}; those that can be imported are: ${[...objectives.keys()].join(', ')}`,
  );
}
