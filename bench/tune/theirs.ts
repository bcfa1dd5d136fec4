// The scenario's Python pipeline: what it is given, and what it answers.

import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { csvText } from '../../ml/data/csv-text.ts';
import { featuresOf } from '../../ml/data/declaration.ts';
import { makeFolds } from '../../ml/data/folds.ts';
import { kindOf } from '../../ml/data/kinds/index.ts';
import { tableLines } from '../../ml/data/table.ts';
import type { Rows } from '../../ml/selection/rows.ts';
import { runCommand } from '../command.ts';
import { MeasurementError } from '../measurement-error.ts';
import type { Side } from './side.ts';

const script = fileURLToPath(new URL('grid.py', import.meta.url));

/** As the scenario has it. */
const FOLDS = 3;

/** What the pipeline is told, and where its rows are. */
export interface GridTask {
  readonly folder: string;
  readonly target: string;
  readonly categories: readonly string[];
  readonly numbers: readonly string[];
  /** By the numbers of rows in train.csv. */
  readonly folds: readonly { readonly learned: readonly number[]; readonly held: readonly number[] }[];
}

/** Writes the rows that ours learns from and holds out, with the folds of the same seed. */
export async function writeGridTask(
  { declaration, train, test }: Rows,
  seed: number,
  folder: string,
): Promise<GridTask> {
  for (const [name, table] of Object.entries({ train, test })) {
    const file = createWriteStream(join(folder, `${name}.csv`));
    await pipeline(csvText(tableLines(declaration, table)), file);
  }
  const namesOf = (values: string) =>
    featuresOf(declaration).flatMap((column) => (kindOf(column).values === values ? column.name : []));
  return {
    folder,
    target: declaration.target,
    categories: namesOf('codes'),
    numbers: namesOf('number'),
    folds: makeFolds(train.rows, FOLDS, seed).map(({ learned, held }) => ({ learned: [...learned], held: [...held] })),
  };
}

/** @throws MeasurementError where it fails, with what it said */
export async function runGrid(python: string, task: GridTask): Promise<Side> {
  const { code, seconds, megabytes, stdout, stderr } = await runCommand(python, [script], { input: task });
  if (code !== 0) throw new MeasurementError(`the Python pipeline could not be measured:\n${stderr.trim()}`);
  const { models, holdout_r2 } = JSON.parse(stdout) as {
    models: { model: string; cv_r2: number }[];
    holdout_r2: number;
  };
  const byModel = new Map(models.map(({ model, cv_r2 }) => [model, cv_r2]));
  return { seconds, megabytes, cv: byModel, holdout: holdout_r2 };
}
