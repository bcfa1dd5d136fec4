import { DataError, ParamError } from '../../../core/errors.ts';
import type { FileValue } from '../file-values.ts';
import type { ImportedFeature, ImportedModel } from '../imported-model.ts';
import { readCategories } from './categories.ts';
import { objectiveNamed } from './objectives.ts';
import { readBooster, roundsOf } from './read-booster.ts';

/** More features, or classes, than a table of ours has columns. */
const MOST = 2 ** 16;

/** The model of a file of JSON or UBJ, which hold the same. */
export function readXgboost(file: FileValue, asked?: number): ImportedModel {
  const learner = file.at('learner');
  const param = learner.at('learner_model_param');
  const features = param.at('num_feature').count();
  const classes = param.at('num_class').count();
  const targets = param.find('num_target')?.count() ?? 1;
  if (targets > 1) throw new DataError(`the model predicts ${targets} targets at once; train one model for each`);
  if (features === 0) throw new DataError('the model has no features');
  if (features > MOST || classes > MOST)
    throw new DataError(`the model has ${features} features and ${classes} classes`);
  const outputs = Math.max(1, classes);
  const name = learner.at('objective').at('name').text();
  const { link, predicts, baseOf } = objectiveNamed(name);
  if ((link === 'softmax') !== outputs > 1)
    throw new DataError(`the model has ${classes} classes, and the objective ${name}`);
  const booster = learner.at('gradient_booster');
  const { rounds, note } = countedRounds(learner, roundsOf(booster, outputs), asked);
  const body = readBooster(booster, { features, outputs, rounds });
  const scores = baseScores(param.at('base_score'), outputs);
  // Linear models of several classes start from the first score, whatever the others are (3.2).
  const bases = scores.map((score, _, [first]) => baseOf(Math.fround(body.kind === 'linear' ? first! : score)));
  if (!bases.every(Number.isFinite)) throw param.problem(`has a base_score that ${name} does not allow`);
  return {
    format: { name: 'XGBoost', version: versionOf(file), objective: name },
    features: featuresOf(learner, booster, features),
    body,
    bases,
    precision: 'float32',
    link,
    predicts,
    classes: null,
    ...(note !== undefined && { note }),
  };
}

/** Numbers as a text: one, or since 3.1 one for each output in brackets. */
function baseScores(score: FileValue, outputs: number): number[] {
  const text = typeof score.value === 'string' ? score.value : String(score.number());
  const list = /^\[(.*)\]$/.exec(text)?.[1]?.split(',') ?? [text];
  const scores = list.map((each) => (each.trim() === '' ? Number.NaN : Number(each)));
  if (scores.length === 1) return new Array<number>(outputs).fill(scores[0]!);
  if (scores.length === outputs) return scores;
  throw score.problem(`has ${scores.length} numbers instead of ${outputs}`);
}

function versionOf(file: FileValue): string | null {
  return file.find('version')?.numbers(3).join('.') ?? null;
}

/**
 * How many rounds count: of what XGBoost's scikit-learn classes saved those up to the best one, where early stopping found it, as they
 * predict; of a Booster all.
 */
function countedRounds(
  learner: FileValue,
  all: number | undefined,
  asked: number | undefined,
): { readonly rounds?: number; readonly note?: string } {
  if (all === undefined) {
    if (asked !== undefined) throw new ParamError('a linear model has no rounds, of which the first could count');
    return {};
  }
  if (asked !== undefined) {
    if (Number.isInteger(asked) && asked >= 1 && asked <= all) return { rounds: asked };
    throw new ParamError(`the model has ${all} rounds; ${asked} of them cannot count`);
  }
  const attributes = learner.find('attributes');
  const found = attributes?.find('best_iteration');
  const best = found && found.count() + 1;
  if (best === undefined || best >= all) return {};
  if (attributes?.find('scikit_learn'))
    return {
      rounds: best,
      note: `the first ${best} of its ${all} rounds count, as it was saved by XGBoost's scikit-learn class after early stopping (--rounds ${all} takes all)`,
    };
  return {
    note: `all of its ${all} rounds count, as of a Booster; early stopping found the first ${best} best (--rounds ${best} takes these)`,
  };
}

function featuresOf(learner: FileValue, booster: FileValue, count: number): ImportedFeature[] {
  const names = learner.find('feature_names')?.texts() ?? [];
  const types = learner.find('feature_types')?.texts() ?? [];
  if (names.length > 0 && names.length !== count)
    throw learner.problem(`has ${names.length} feature_names instead of ${count}`);
  if (types.length > 0 && types.length !== count)
    throw learner.problem(`has ${types.length} feature_types instead of ${count}`);
  const texts = readCategories(booster.find('gbtree')?.find('model') ?? booster.find('model'), count);
  return Array.from({ length: count }, (_, k): ImportedFeature => {
    const name = names[k] ?? null;
    if (types[k] !== 'c') return { name, kind: 'number' };
    const levels = texts[k];
    if (!levels) return { name, kind: 'category' };
    const codes = new Map(levels.map((level, code) => [level, code]));
    return { name, kind: 'category', levels, codeOf: (text) => codes.get(text) ?? null };
  });
}
