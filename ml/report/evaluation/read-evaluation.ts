import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from '../../release/read.ts';
import { type Evaluation, evaluationSchema } from './evaluation.ts';

/**
 * How the model of a release did on its held-out rows; undefined where the release does not say, being of an older version.
 *
 * @throws where its file is gone, or is not what it was
 */
export async function readEvaluation({
  path,
  manifest,
}: Pick<Release, 'path' | 'manifest'>): Promise<Evaluation | undefined> {
  const { evaluation } = manifest.files;
  if (!evaluation) return undefined;
  return evaluationSchema.parse(JSON.parse(await readFile(join(path, evaluation.name), 'utf8')));
}
