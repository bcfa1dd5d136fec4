// What the API answers to records, as schemas: of numbers and of classes. Fields may come, and none goes.

import { z } from 'zod';
import type { Predictor } from '../../../ml/serving.ts';

const outside = z.array(
  z.object({
    column: z.string().nullable().describe('The field; null where it is the record as a whole.'),
    reason: z.enum(['unseen', 'below', 'above', 'few-neighbours']),
    message: z.string().describe('A sentence for people.'),
  }),
);

/** A prediction, and an explained one. */
export interface AnswerSchemas {
  readonly prediction: z.ZodType;
  readonly explanation: z.ZodType;
}

export function answerSchemas(predictor: Predictor): AnswerSchemas {
  const { target, features, release } = predictor;
  const made = {
    target: z.literal(target.name),
    release: z
      .string()
      .describe('The id of the release that predicts.')
      .meta({ examples: [release] }),
  };
  const why = {
    contributions: z
      .object(Object.fromEntries(features.map(({ name }) => [name, z.number()])))
      .describe('What each field added to `base`.'),
    method: z.enum(['exact', 'rescaled', 'sampled']).describe('How they were found.'),
    outside: outside.describe('What of the record the model has not learned from; empty where nothing is.'),
  };
  if (predictor.task === 'regression') {
    const { unit } = predictor.target;
    const prediction = z
      .number()
      .describe(unit === undefined ? predictor.target.title : `${predictor.target.title}, ${unit}`);
    return {
      prediction: z.object({ prediction, ...made }),
      explanation: z.object({
        prediction,
        interval: z
          .tuple([z.number(), z.number()])
          .nullable()
          .describe('In nine of ten cases the true value lies within; null where the release does not know.'),
        base: z.number().describe('With the contributions it sums to the prediction.'),
        ...why,
        ...made,
      }),
    };
  }
  // Not an enum, and no object below: a level may be called __proto__.
  const level = z.literal([...predictor.target.levels]);
  const classes = {
    prediction: level.describe('The most probable level.'),
    probabilities: z.record(z.string(), z.number().min(0).max(1)).describe('Of each level; they sum to 1.'),
  };
  return {
    prediction: z.object({ ...classes, ...made }),
    explanation: z.object({
      ...classes,
      set: z
        .array(level)
        .nullable()
        .describe('The levels among which the true one is in nine of ten cases; null where the release does not know.'),
      of: level.describe('The level whose log-odds `base` and `contributions` are of.'),
      base: z.number().describe('With the contributions it sums to the log-odds of that level.'),
      ...why,
      ...made,
    }),
  };
}
