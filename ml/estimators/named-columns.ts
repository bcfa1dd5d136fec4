import { ParamError } from '../core/errors.ts';
import { shortList } from '../core/short-list.ts';
import { type Declaration, featuresOf } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { taskKindOf } from '../data/task-kind.ts';
import { estimatorNamed } from './index.ts';
import type { ParamValues } from './params.ts';

/**
 * Checks the columns that parameters name.
 *
 * @throws ParamError where one is no column of numbers or dates that models read
 */
export function checkNamedColumns(model: string, params: ParamValues, declaration: Declaration): void {
  const { params: specs } = estimatorNamed(model, taskKindOf(declaration));
  const features = featuresOf(declaration);
  const numeric = features.filter((column) => !kindOf(column).levels).map(({ name }) => name);
  for (const [param, spec] of Object.entries(specs)) {
    const named = params[param];
    if (spec.type !== 'columns' || typeof named !== 'object' || named === null) continue;
    const wrong = Object.keys(named).find((name) => !numeric.includes(name));
    if (wrong === undefined) continue;
    const isCategory = features.some(({ name }) => name === wrong);
    const what = isCategory ? 'a category, whose levels have no order' : 'no column that models read';
    throw new ParamError(
      `${model}'s ${param} names ${wrong}, ${what}; numeric columns are: ${shortList(numeric) || 'none'}`,
    );
  }
}
