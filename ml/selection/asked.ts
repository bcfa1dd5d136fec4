import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ParamError } from '../core/errors.ts';
import { root } from '../data/dataset-setting.ts';

/** What is asked of a model. */
export interface Asked {
  /** The metric by which models are compared, and the one that must reach the threshold, by their names. */
  readonly metric?: string | undefined;
  readonly gate?: string | undefined;
  readonly threshold?: number | undefined;
  readonly tolerance?: number | undefined;
}

/** What `plumbline` in package.json may set of it, and an example. */
const settings = {
  metric: { type: 'string', what: 'the name of a metric', example: 'mae' },
  gate: { type: 'string', what: 'the name of a metric', example: 'roc_auc' },
  threshold: { type: 'number', what: 'a number', example: '0.5 --json' },
  tolerance: { type: 'number', what: 'a number', example: '0.02 --json' },
} as const;

/**
 * What is asked of a model: what is given, else what `plumbline` in package.json sets, so that a workflow asks of a release what a person
 * at a terminal does; undefined where neither says, and the task's own counts. The numbers that are set are for the gate that is set.
 *
 * @throws ParamError where a setting is of another type
 */
export function askedOf({ metric, gate, threshold, tolerance }: Asked): Asked {
  const { plumbline = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  for (const [name, { type, what, example }] of Object.entries(settings)) {
    const value = plumbline[name];
    if (value === undefined || typeof value === type) continue;
    throw new ParamError(
      `package.json sets plumbline.${name} to ${JSON.stringify(value)}; it must be ${what}, as by npm pkg set plumbline.${name}=${example}`,
    );
  }
  const set: Asked = plumbline;
  return {
    metric: metric ?? set.metric,
    gate: gate ?? set.gate,
    threshold: threshold ?? (gate === undefined ? set.threshold : undefined),
    tolerance: tolerance ?? (gate === undefined ? set.tolerance : undefined),
  };
}
