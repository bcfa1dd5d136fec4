// What the programs that trained the models of test/fixtures/imported answer to rows, missing, unseen and extreme values among
// them. The scripts beside the models say how.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** The rows that were asked about, as a model takes them: its features in their order, categories as codes. */
export function askedRows({ features }: ImportedModel): Float64Array {
  const cells = asked.rows.flatMap((row) =>
    features.map(({ name, kind, codeOf }, at) => {
      const place = asked.columns.indexOf(name ?? '');
      const cell = row[place < 0 ? at : place] as Cell;
      if (cell === null) return Number.NaN;
      if (kind === 'number') return Number(cell);
      return codeOf ? (codeOf(String(cell)) ?? -1) : Number(cell);
    }),
  );
  return Float64Array.from(cells);
}

/** How far predictions are from answers at most, probabilities of a row being made to come to 1 where they are asked to. */
export function largestDifference(predicted: number[][], answers: Answers[string], sharing = false): number {
  if (predicted.length !== answers.length)
    throw new Error(`${predicted.length} predictions, ${answers.length} answers`);
  const differences = predicted.map((row, i) => {
    const answer = [answers[i] as number | number[]].flat();
    const total = sharing ? answer.reduce((a, b) => a + b) : 1;
    return Math.max(...row.map((value, k) => Math.abs(value - (answer[k] as number) / total)));
  });
  return Math.max(...differences);
}
