// What training, the release and the image's build wrote down, as far as the report tells of it. JSON for programs has
// schemas of its own here, since a report may be made of what another version of the code wrote.

import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { DataError, hasCode } from '../core/errors.ts';
import { fileError } from '../data/sources/missing-file.ts';
import { preprocessorOf } from '../estimators/model.ts';
import type { Preprocessor } from '../features/preprocess.ts';
import type { Manifest } from '../release/manifest.ts';
import { type Release, readReleaseAt } from '../release/read.ts';
import { reportPath } from '../release/report.ts';
import { hasRows, readSidesOf } from '../release/rows.ts';
import { readTrust } from '../release/trust.ts';
import { readUsableModel } from '../release/usable-model.ts';
import { chosenSchema } from '../selection/chosen.ts';
import { comparisonSchema } from '../selection/comparison.ts';
import type { Task } from '../selection/task.ts';
import { taskNamed } from '../selection/tasks/index.ts';
import { cardOf, type ModelCard, measure } from './card/card.ts';
import { madeFeatures } from './made-features.ts';
import { type CoverageLevels, coverageLevels } from './models-section/coverage-levels.ts';
import { type ReportedModel, reportedModel } from './reported-model.ts';

const scores = z.record(z.string(), z.number());
const candidate = {
  model: z.string(),
  params: z.record(
    z.string(),
    z.union([z.number(), z.string(), z.boolean(), z.null(), z.record(z.string(), z.number())]),
  ),
  features: z.array(z.unknown()).readonly().optional(),
};
const evaluated = z.discriminatedUnion('status', [
  z.object({ status: z.literal('scored'), ...candidate, cv: scores }),
  z.object({ status: z.literal('failed'), ...candidate, reason: z.string() }),
]);

/** Which data set, and its column that is predicted; versions before 0.2 did not say. */
const subject = { dataset: z.string().optional(), target: z.string().optional() };

const trainingSchema = z.object({
  ...subject,
  /** Earlier versions knew no other. */
  task: z.enum(['regression', 'binary', 'multiclass']).default('regression'),
  /** By which metrics it was chosen and released, where not by the task's own; earlier versions knew no other. */
  plan: z.object({ metric: z.string().optional(), gate: z.string().optional() }).nullish().catch(null),
  /** The column by which rows count; earlier versions knew none. */
  weight: z.string().nullish(),
  /** Null where the gate held it back. */
  release: z.string().nullable(),
  /** The folder of the release. */
  path: z.string().nullable(),
  verdict: z.object({ released: z.boolean(), reason: z.string() }),
  /** How it compares with the release that was in use; other versions may say it otherwise, or not. */
  champion: comparisonSchema.nullish().catch(null),
  /** Null where every model has failed, like `holdout`. */
  chosen: z.string().nullable(),
  /** What the chosen model is made of; other versions may say it otherwise, or not. */
  model: chosenSchema.nullish().catch(null),
  holdout: scores.nullable(),
  threshold: z.number(),
  leaderboard: z.array(evaluated),
});

/** What is told of the training that another one is compared with, which may be an earlier version's. */
const earlierSchema = z.object({
  ...subject,
  /** Null where there are no scores, which earlier versions told in other ways. */
  holdout: scores.nullable().catch(null),
});

const imageSchema = z.object({
  image: z.string(),
  /** `sha256:…` of its configuration; the same bytes have the same. */
  id: z.string(),
  /** `sha256:…` by which a registry knows it; there once it was pushed. */
  digest: z.string().nullish(),
  bytes: z.number(),
  base_bytes: z.number(),
});

export type Training = z.output<typeof trainingSchema>;
export type EarlierTraining = z.output<typeof earlierSchema>;
export type ImageRecord = z.output<typeof imageSchema>;

/**
 * Each is undefined where there is no such file, or an empty one: whatever should have written it did not get there.
 *
 * @throws DataError where one is there that is not what it should be
 */
export const readTraining = (path: string): Training | undefined => read(path, trainingSchema);
export const readEarlierTraining = (path: string): EarlierTraining | undefined => read(path, earlierSchema);
export const readImage = (path: string): ImageRecord | undefined => read(path, imageSchema);

/** What the report tells of a release. */
export interface ReleaseRecord {
  readonly manifest: Manifest;
  readonly preprocessing: Preprocessor;
  /** Which columns it makes, in a sentence; "" where it makes none. */
  readonly features: string;
  /** Whom the model is fit for; undefined where the release lacks its rows. */
  readonly card: ModelCard | undefined;
  /** How often intervals hold the truth; undefined of classes too. */
  readonly coverage: CoverageLevels | undefined;
  /** Where its own report lies; undefined where it keeps none. */
  readonly page: string | undefined;
}

/**
 * The release in a folder; undefined where there is no such folder.
 *
 * @param onRows told every so often how many of its rows were read
 * @throws ReleaseError where what is there is not a whole release
 */
export async function readReleaseRecord(
  folder: string,
  onRows?: (rows: number) => void,
): Promise<ReleaseRecord | undefined> {
  if (!existsSync(folder)) return undefined;
  const release = await readReleaseAt(folder);
  const { manifest } = release;
  const model = await readUsableModel(release);
  return {
    manifest,
    preprocessing: preprocessorOf(model),
    features: madeFeatures(model, manifest.dataset),
    page: reportPath(release),
    // What a model learned from that was trained elsewhere is not there to be looked at.
    ...(hasRows(release) && !manifest.imported
      ? await measuredOn(release, reportedModel({ manifest, model, trust: await readTrust(release) }), onRows)
      : { card: undefined, coverage: undefined }),
  };
}

async function measuredOn(
  release: Release,
  model: ReportedModel,
  onRows?: (rows: number) => void,
): Promise<Pick<ReleaseRecord, 'card' | 'coverage'>> {
  const { train: learned, test: held } = await readSidesOf(release, onRows);
  const measured = measure(model, held);
  return {
    card: cardOf(measured, learned, held),
    coverage: measured.kind === 'number' ? coverageLevels(measured.model, measured.held) : undefined,
  };
}

function read<T>(path: string, schema: z.ZodType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw fileError(path, error);
  }
  if (text === '') return undefined;
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    const reason =
      cause instanceof z.ZodError
        ? cause.issues
            .map(({ path: at, message }) => [...(at.length > 0 ? [at.join('.')] : []), message].join(': '))
            .join('; ')
        : 'it is not JSON';
    throw new DataError(`${path} is not what it should be: ${reason}`, { cause });
  }
}

/** What a training was to predict, and by what it was judged. */
export const taskOfTraining = ({ task, plan }: Training): Task => taskNamed(task, plan ?? {});
