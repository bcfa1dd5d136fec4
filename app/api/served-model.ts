import { z } from 'zod';
import { featureKindOf, type Predictor, recordedVerdict } from '../../ml/serving.ts';
import type { Limits } from '../limits.ts';

const text = (meaning: string) => z.string().describe(meaning);
const count = (meaning: string) => z.int().describe(meaning);

/** What `GET /api/model` answers. Fields may come, and none goes. */
export const servedModelSchema = z
  .object({
    release: text('The id of the release that serves.'),
    since: z.iso
      .datetime()
      .describe('Since when it serves here. A release itself holds no time: equal training gives equal bytes.'),
    dataset: z.object({
      name: z.string(),
      title: z.string(),
      description: z.string().optional(),
      notice: text('What people are to know before they rely on it.').optional(),
    }),
    task: z.enum(['regression', 'binary', 'multiclass']),
    target: z.object({
      name: z.string(),
      title: z.string(),
      description: z.string().optional(),
      unit: z.string().optional(),
      levels: z.array(z.string()).describe('Of classes: what there is to predict, in declared order.').optional(),
      positive: text('Of two classes: the one of interest.').optional(),
    }),
    features: z
      .array(
        z.object({
          name: z.string(),
          title: z.string(),
          kind: z.string(),
          unit: z.string().optional(),
          allowed: text('What it may be, in words.'),
        }),
      )
      .describe('What a record has, in declared order; GET /api/schema says it as JSON Schema.'),
    model: z.object({
      title: z.string(),
      members: z.array(
        z.object({
          model: z.string(),
          weight: z.number(),
          parts: count('How many fits of it are averaged.'),
        }),
      ),
      why: z.string().nullable().describe('Why it was chosen; null where an older version did not record it.'),
    }),
    score: z
      .object({ title: z.string(), value: z.number().nullable() })
      .describe(
        'What it was chosen by, on rows that it had never seen; its value is null of a model that was imported without such rows.',
      ),
    scores: z.record(z.string(), z.number()).describe('Every metric on those rows.'),
    verdict: z.object({ released: z.boolean(), reason: z.string() }),
    rows: z.object({
      train: count('Rows that it learned from.'),
      test: count('Rows that were held out.'),
      dropped: count('Rows of the file that were left out.'),
    }),
    assumed: z.array(z.string()).describe('What was assumed of the data, a sentence each.'),
    code: z.object({
      versions: z
        .record(z.string(), z.string())
        .describe('Of Plumbline, and of all whose arithmetic the result depends on.'),
      commit: z.string().nullable().describe('The commit of the code that trained it; null outside git.'),
    }),
    limits: z
      .object({
        record: z.int(),
        batch: z.int(),
        explained: z.int(),
      })
      .describe('How much is read, in bytes: of the JSON of one record, of an array, and of one to be explained.'),
  })
  .describe('The model that serves.');

export type ServedModel = z.infer<typeof servedModelSchema>;

/** What serves. @param since when it began to */
export function servedModel(predictor: Predictor, limits: Limits, since: Date): ServedModel {
  const { manifest, release, task, features, modelTitle, score } = predictor;
  const { dataset, data, chosen, why, holdout, versions, commit } = manifest;
  const members = 'members' in chosen ? chosen.members : [{ ...chosen, weight: 1 }];
  const { name, title, description, notice, assumed = [] } = dataset;
  return {
    release,
    since: since.toISOString(),
    dataset: { name, title, description, notice },
    task,
    target: targetOf(predictor),
    features: features.map((column) => {
      const { unit, allowed } = featureKindOf(column);
      return { name: column.name, title: column.title, kind: column.kind, unit, allowed: allowed() };
    }),
    model: {
      title: modelTitle,
      members: members.map(({ model, weight, parts }) => ({ model, weight, parts })),
      why,
    },
    score: { title: score.title, value: score.value },
    scores: holdout,
    verdict: recordedVerdict(manifest),
    rows: { train: data.train, test: data.test, dropped: data.dropped },
    assumed,
    code: { versions, commit },
    limits: { record: limits.record, batch: limits.batch, explained: limits.explained },
  };
}

function targetOf(predictor: Predictor): ServedModel['target'] {
  if (predictor.task === 'regression') {
    const { name, title, description, unit } = predictor.target;
    return { name, title, description, unit };
  }
  const { name, title, description, levels } = predictor.target;
  return { name, title, description, levels: [...levels], positive: predictor.positive ?? undefined };
}
