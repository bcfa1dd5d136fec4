import { DataError } from '../../core/errors.ts';
import type { Declaration } from '../../data/declaration.ts';
import { cellTextOf } from '../../data/kinds/cell-text.ts';
import { classesOf } from '../../data/task-kind.ts';
import type { ImportedModel } from '../../estimators/import/imported-model.ts';

/** Links by which one output is a probability. */
const ofProbability: readonly string[] = ['logistic', 'sign', 'one-vs-all'];

/**
 * Of each class of the target, which of the model's it is; null where the target is a number.
 *
 * @param names the model's classes in its own order. @default those that the file has, else the target's levels as they are declared
 * @throws DataError where the model does not predict such a target, or its classes are others
 */
export function matchClasses(
  model: ImportedModel,
  declaration: Declaration,
  names?: readonly string[],
): number[] | null {
  const levels = classesOf(declaration);
  const outputs = model.bases.length;
  const { target } = declaration;
  if (!levels) {
    if (outputs === 1) return null;
    throw new DataError(`the model tells ${outputs} classes apart, and the target ${target} is declared as a number`);
  }
  if (model.predicts === 'number' && !ofProbability.includes(model.link))
    throw new DataError(
      `the model predicts a number (${model.format.objective}), and the target ${target} is declared as one of ${levels.length} classes`,
    );
  const count = outputs === 1 ? 2 : outputs;
  const called = names ?? model.classes;
  if (count !== levels.length || (called && called.length !== count))
    throw other(called ?? Array.from({ length: count }, (_, k) => `class ${k}`), levels);
  if (!called) return [...levels.keys()];
  const read = called.map(cellTextOf);
  const places = levels.map((level) => read.indexOf(level));
  if (!places.includes(-1)) return places;
  // Numbers that stand for classes are in their order.
  if (!names && called.every((text, k) => Number(text) === k)) return [...levels.keys()];
  throw other(called, levels);
}

const other = (called: readonly string[], levels: readonly string[]) =>
  new DataError(
    "the model's classes are not the levels of the target; name them in the model's order (--classes a,b,c)",
    {
      issues: [
        { path: 'the model', message: called.join(', ') },
        { path: 'the declaration', message: levels.join(', ') },
      ],
    },
  );
