import { spawnSync } from 'node:child_process';
import { MeasurementError } from '../measurement-error.ts';
import { install, isInstalled, pythonOf } from '../peers/environment.ts';

/** The environments of the peers, and what each must be able to import. */
const environments = {
  boosters: { size: '1.5 GB', modules: ['pandas', 'sklearn', 'xgboost', 'lightgbm', 'catboost'] },
  flaml: { size: '1.5 GB', modules: ['flaml.automl'] },
  autogluon: { size: '1 GB', modules: ['autogluon.tabular'] },
} as const;

export type EnvironmentName = keyof typeof environments;

/**
 * The Python of an environment, which is installed where it is not there yet.
 *
 * @throws MeasurementError where it cannot be
 */
export function pythonWith(name: EnvironmentName): string {
  const { size, modules } = environments[name];
  const environment = { name, size };
  if (isInstalled(environment)) return pythonOf(environment);
  const probe = (python: string) => {
    const { status } = spawnSync(python, ['-c', `import ${modules.join(', ')}`]);
    return status === 0 ? { python } : undefined;
  };
  const installed = install(environment, probe);
  if (typeof installed === 'string') throw new MeasurementError(`the peers need Python: ${installed}`);
  return installed.python;
}
