// What the programs that trained the models of test/fixtures/imported answer to rows, missing, unseen and extreme values among
// them. The scripts beside the models say how.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Matrix } from '../../../../ml/core/matrix.ts';
import type { ImportedModel } from '../../../../ml/estimators/import/imported-model.ts';

const folder = join(import.meta.dirname, '../../../fixtures/imported');

export const modelBytes = (path: string) => new Uint8Array(readFileSync(join(folder, path)));

type Cell = string | number | null;
const asked: { columns: string[]; rows: Cell[][] } = JSON.parse(readFileSync(join(folder, 'asked.json'), 'utf8'));

/** A number for each row, or several. */
export type Answers = Record<string, (number | number[])[]>;

export function answersOf(program: string, file = 'answers.json'): Answers {
  return JSON.parse(readFileSync(join(folder, program, file), 'utf8')).answers;
}

/** The rows that were asked about, as a model takes them: its features in their order, categories as codes. @param missing in place of none */
export function askedRows({ features }: ImportedModel, missing = Number.NaN): Matrix {
  const cells = asked.rows.flatMap((row) =>
    features.map(({ name, kind, codeOf }, at) => {
      const place = asked.columns.indexOf(name ?? '');
      const cell = row[place < 0 ? at : place] as Cell;
      if (cell === null) return missing;
      if (kind === 'number') return Number(cell);
      return codeOf ? (codeOf(String(cell)) ?? -1) : Number(cell);
    }),
  );
  return { rows: asked.rows.length, columns: features.length, data: Float64Array.from(cells) };
}

/**
 * How far predictions are from answers at most, probabilities of a row being made to come to 1 where they are asked to: by the answer
 * where that is above 1. An answer of null, which is no finite number, is passed over.
 */
export function largestDifference(predicted: number[][], answers: Answers[string], sharing = false): number {
  const differences = answers.flatMap((each, i) => {
    const answer = [each].flat(2);
    const total = sharing ? answer.reduce((a, b) => a + b) : 1;
    return answer.map((value, k) => {
      const expected = value / total;
      return value === null ? 0 : Math.abs((predicted[i]?.[k] as number) - expected) / Math.max(1, Math.abs(expected));
    });
  });
  return Math.max(...differences);
}
