import type { TaskKind } from '../../data/task-kind.ts';
import { paramsOf } from '../../estimators/index.ts';
import type { GivenParams } from '../../estimators/params.ts';
import type { Candidate } from '../candidate.ts';
import type { Grid, Preset } from './presets.ts';

/**
 * The candidates of a preset, of some of its models.
 *
 * @param given parameters that are fixed, by model
 */
export function candidatesOfPreset(
  { grid }: Preset,
  task: TaskKind,
  models: readonly string[],
  given: GivenParams,
): Candidate[] {
  return models.flatMap((model) => {
    const fixed = given[model] ?? {};
    const free = Object.entries(grid[model] ?? {}).filter(([name]) => !Object.hasOwn(fixed, name));
    return combinations(Object.fromEntries(free)).map((params) => ({
      model,
      params: paramsOf(model, task, { ...params, ...fixed }),
    }));
  });
}

function combinations(values: Grid[string]): Readonly<Record<string, number | string>>[] {
  let all: Readonly<Record<string, number | string>>[] = [{}];
  for (const [name, some] of Object.entries(values))
    all = all.flatMap((params) => some.map((value) => ({ ...params, [name]: value })));
  return all;
}
