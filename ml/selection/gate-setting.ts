import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParamError } from '../core/errors.ts';
import { root } from '../data/dataset-setting.ts';

/** What may be set, and an example of it. */
const examples = { threshold: 0.5, tolerance: 0.02 } as const;

/**
 * The threshold or the tolerance that `plumbline` in package.json sets, so that a workflow asks of a release what a person at a
 * terminal does; undefined where it sets none, and the task's own counts.
 *
 * @throws ParamError where it is no number
 */
export function gateSetting(name: keyof typeof examples): number | undefined {
  const { plumbline } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const value: unknown = plumbline?.[name];
  if (value === undefined || typeof value === 'number') return value;
  throw new ParamError(
    `package.json sets plumbline.${name} to ${JSON.stringify(value)}; it must be a number, as by npm pkg set plumbline.${name}=${examples[name]} --json`,
  );
}
