import type { Predictions } from '../core/predictions.ts';
import { columnOf, weightsOf } from '../data/table.ts';
import { classesOf } from '../data/task-kind.ts';
import type { FittedModel, Model } from '../estimators/model.ts';
import { predictTable } from '../estimators/predict-rows.ts';
import {
  type CalibrationRecord,
  calibrationInWords,
  type FittedCalibration,
  fitCalibration,
} from '../explain/fit-calibration.ts';
import type { CrossValidated } from '../explain/residuals.ts';
import { type Chosen, describeModel } from './chosen.ts';
import { compareInFolds } from './compare-in-folds.ts';
import { assembleModel } from './ensemble/assemble.ts';
import { type Choice, chooseModel } from './ensemble/choose-model.ts';
import { evidenceOf } from './ensemble/evidence-of.ts';
import { cvOf, type Evaluation, failed } from './evaluation.ts';
import { candidateOf, type FitOptions, fitsOf, foldsOfParts } from './final-fits.ts';
import { type FitFailure, failureOf } from './fit-job.ts';
import { rankEvaluations } from './leaderboard.ts';
import { type Scores, score } from './metric.ts';
import type { Preference } from './preferences.ts';
import { refitsOf } from './refits.ts';
import type { Rows } from './rows.ts';
import { membersForAll } from './search/for-all.ts';
import type { Task } from './task.ts';

/** What is released, if the gate lets it; all but the evaluations null where nothing could be fitted. */
export interface Final {
  /** Best first; a candidate that could not be fitted as a part of the model has failed. */
  readonly evaluations: readonly Evaluation[];
  readonly chosen: Chosen | null;
  readonly model: Model | null;
  readonly holdout: Scores | null;
  /** What it predicts of the held-out rows. */
  readonly heldOut: Predictions | null;
  /** Why it was chosen, in a sentence without its full stop. */
  readonly why: string | null;
  /** What was predicted of the training rows without them. */
  readonly crossValidated: CrossValidated | null;
  /** The candidate that counts most in it. */
  readonly leading: Evaluation | null;
  /** How its probabilities hold, and what is done to them; null of numbers, and where rows are too few to say. */
  readonly calibration: CalibrationRecord | null;
}

const nothing = {
  chosen: null,
  model: null,
  holdout: null,
  heldOut: null,
  why: null,
  crossValidated: null,
  leading: null,
  calibration: null,
};

/** How the model is chosen: as the best candidate, fitted on all rows; or by a preference, of candidates and ensembles. */
export type Choosing = 'candidate' | Preference;

/** What a model is chosen by, and what fits it. */
export interface FinalOptions extends FitOptions {
  readonly choosing: Choosing;
  readonly rows: Rows;
  /** Where candidates were tried on some of the rows: the seconds of one core for members to learn from all. */
  readonly forAll?: number | undefined;
  /** The seconds of one core for fits on all rows beside those of the folds. */
  readonly refits: number;
}

/** A model, or the candidate that kept it from being one. */
type Attempt = (Omit<Final, 'evaluations'> & { readonly model: Model }) | Culprit;
type Culprit = { readonly culprit: Evaluation; readonly failure: FitFailure };

/**
 * Chooses a model by what candidates came to in the folds, fits what of it is not fitted yet, and scores it on the held-out
 * rows. A candidate that cannot be fitted has failed, like one that fails in a fold, and the others are chosen among again.
 */
export async function finalModel(options: FinalOptions): Promise<Final> {
  const { trials, teller } = options;
  for (let left: readonly Evaluation[] = trials.evaluations(); ; ) {
    const ranked = rankEvaluations(left, options.task.objective);
    // What was predicted of one may have been forgotten, but of the best.
    const scored = ranked.filter(({ entry, folds }) => entry.status === 'scored' && folds.length > 0);
    if (scored.length === 0) return { evaluations: ranked, ...nothing };
    const attempt = await attemptModel(scored, options);
    if ('model' in attempt) return { evaluations: ranked, ...attempt };
    const { culprit, failure } = attempt;
    const evaluation = failed(candidateOf(culprit), failure);
    teller.failed(evaluation);
    left = left.map((other) => (other === culprit ? evaluation : other));
  }
}

async function attemptModel(scored: readonly Evaluation[], options: FinalOptions): Promise<Attempt> {
  const { task, choosing, rows } = options;
  const isAlone = choosing === 'candidate';
  const choice = isAlone
    ? theBest(scored, task)
    : worthItsRecipes(chooseModel(evidenceOf(scored, options), choosing), scored, options);
  const fits = new Map<number, readonly FittedModel[]>();
  const partsInFolds: (number | null)[][] = [];
  const members = choice.members.map(({ candidate }) => scored[candidate] as Evaluation);
  const whole = isAlone ? members.length : wholeMembers(members, options);
  const refits = isAlone ? [] : refitsOf(members, options.context, options.refits);
  for (const [place, { candidate }] of choice.members.entries()) {
    const evaluation = members[place] as Evaluation;
    const parts = { members: members.length, refits: refits[place] ?? 0 };
    const folds = place < whole ? [null] : foldsOfParts(evaluation, parts, options);
    // All rows need the room that is taken by what was kept of some of them.
    if (place < whole && options.context.all) await options.fitting.forget();
    const fitted = await fitsOf(evaluation, folds, options);
    if ('reason' in fitted) return { culprit: evaluation, failure: fitted };
    fits.set(candidate, fitted);
    partsInFolds.push([...folds]);
  }
  const crossValidated = { folds: options.context.folds, predictions: choice.outOfFold, foldsOfParts: partsInFolds };
  const calibrated = calibrationOf(crossValidated, options);
  const model = assembleModel(
    { ...choice, calibration: calibrated?.calibration },
    (candidate) => fits.get(candidate) as readonly FittedModel[],
  );
  const holdout = scoreHoldout(model, rows, task);
  const first = members[0] as Evaluation;
  // Of several members the one that counts most is taken to be to blame.
  if (holdout.status === 'failed') return { culprit: first, failure: holdout };
  const isAsScored = choice.kind === 'single' && !calibrated?.calibration && first.entry.status === 'scored';
  const cv = isAsScored ? first.entry.cv : cvOf(calibrated?.outOfFold ?? choice.outOfFold, options);
  const record = calibrated?.record ?? null;
  const why = [choice.why, record && calibrationInWords(record)].filter((part) => part).join('; ');
  const largest = choice.members.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))[0];
  return {
    chosen: describeModel(model, cv),
    model,
    holdout: holdout.scores,
    heldOut: holdout.predictions,
    why,
    crossValidated,
    leading: scored[largest?.candidate as number] as Evaluation,
    calibration: record,
  };
}

/** How many of the members, the first ones, learn from all rows since candidates were tried on some of them only. */
function wholeMembers(
  members: readonly Evaluation[],
  { context: { all, declaration }, forAll = 0 }: FinalOptions,
): number {
  return all ? membersForAll(members.map(candidateOf), { rows: all.rows, forAll, declaration }) : 0;
}

/** Whether the probabilities of classes are to be calibrated; null of numbers, and where nothing tells. */
function calibrationOf(
  crossValidated: CrossValidated,
  { task: { classes }, context: { declaration, train, seed } }: FinalOptions,
): FittedCalibration | null {
  if (!classes) return null;
  const levels = classesOf(declaration);
  const { positive: named } = classes;
  const positive = named !== null && levels ? levels.indexOf(named) : null;
  return fitCalibration(crossValidated, { declaration, train, seed, positive });
}

type BestChoice = Pick<Choice, 'kind' | 'intercept' | 'members' | 'outOfFold' | 'why'>;

/** The same choice, unless it is a candidate with recipes that does not beat the best one without by more than a standard error. */
function worthItsRecipes(choice: BestChoice, scored: readonly Evaluation[], options: FinalOptions): BestChoice {
  const chosen = scored[choice.members[0]?.candidate as number] as Evaluation;
  const isPlain = ({ entry: { features = [] } }: Evaluation) => features.length === 0;
  const candidate = scored.findIndex(isPlain);
  const plain = scored[candidate];
  if (choice.kind !== 'single' || isPlain(chosen) || !plain) return choice;
  const difference = compareInFolds(chosen.folds, plain.folds, options.task.objective, options.context);
  if (difference && difference.gain > difference.standardError) return choice;
  const { model } = plain.entry;
  const why = `${model} is the best of the candidates without made features, and ${chosen.entry.model} with them beats it by no more than a standard error`;
  return { ...choice, members: [{ candidate, weight: 1 }], outOfFold: predictionsOf(plain), why };
}

/** The best candidate alone. */
function theBest([best, ...others]: readonly Evaluation[], { objective }: Task): BestChoice {
  const { model } = (best as Evaluation).entry;
  const why =
    others.length === 0
      ? `${model} is the only candidate that could be scored`
      : `${model} has the best ${objective.title} of ${others.length + 1} candidates by cross-validation`;
  return {
    kind: 'single',
    intercept: 0,
    members: [{ candidate: 0, weight: 1 }],
    outOfFold: predictionsOf(best as Evaluation),
    why,
  };
}

const predictionsOf = ({ folds }: Evaluation) => folds.map(({ predictions }) => predictions);

function scoreHoldout(
  model: Model,
  { test, declaration }: Rows,
  task: Task,
): { readonly status: 'scored'; readonly scores: Scores; readonly predictions: Predictions } | FitFailure {
  try {
    const predictions = predictTable(model, test);
    const truth = columnOf(test, declaration.target);
    const scores = score(task.metrics, truth, predictions, weightsOf(test, declaration));
    return { status: 'scored', scores, predictions };
  } catch (error) {
    return failureOf(error);
  }
}
