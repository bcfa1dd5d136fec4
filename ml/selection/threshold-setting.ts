import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParamError } from '../core/errors.ts';
import { root } from '../data/dataset-setting.ts';

/**
 * The threshold that `plumbline.threshold` in package.json sets, so that a workflow asks of a release what a person at a
 * terminal does; undefined where it sets none, and the task's own counts.
 *
 * @throws ParamError where it is no number
 */
export function thresholdSetting(): number | undefined {
  const { plumbline } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const threshold: unknown = plumbline?.threshold;
  if (threshold === undefined || typeof threshold === 'number') return threshold;
  throw new ParamError(
    `package.json sets plumbline.threshold to ${JSON.stringify(threshold)}; it must be a number, as by npm pkg set plumbline.threshold=0.5 --json`,
  );
}
