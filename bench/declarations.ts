// What init makes of real tables beside what somebody declared by hand: the same models, on the same rows.

import { join } from 'node:path';
import { classShares } from '../ml/core/class-shares.ts';
import { createRandom, permutation } from '../ml/core/random.ts';
import { type Declaration, readDeclaration } from '../ml/data/declaration.ts';
import { type Ingested, ingest } from '../ml/data/ingest.ts';
import { columnOf, takeRows } from '../ml/data/table.ts';
import { classCountOf, taskKindOf } from '../ml/data/task-kind.ts';
import { estimatorNamed } from '../ml/estimators/index.ts';
import { resolveParams } from '../ml/estimators/params.ts';
import { fitFeatures, transform } from '../ml/features/preprocess.ts';
import { declareTable } from '../ml/pipeline/init/init-dataset.ts';
import { readTable } from '../ml/pipeline/init/read-table.ts';
import { classTables } from './accuracy/class-tables.ts';
import { pythonWith } from './accuracy/environments.ts';
import { scoreTitle, type TableDeclaration } from './accuracy/table.ts';
import { tableFolder } from './accuracy/table-folder.ts';
import { tables } from './accuracy/tables.ts';
import { chosen, type Row, rowOf } from './table.ts';

/** How much worse a score may be than by the declaration that somebody made. */
const TOLERANCE = 0.003;
/** Each row is held out once in a pass. */
const FOLDS = 5;
/** Rows of larger tables are drawn, and small tables take several passes, since chance decides there. */
const MOST_ROWS = 12_000;
const ROWS_IN_ALL = 6000;
const MOST_PASSES = 6;
const SEED = 7;

export interface DeclarationsOptions {
  readonly only?: string;
}

/** The mean R², or skill in log loss, of two models in cross-validation, by each of two declarations of a table. Says how it goes on. */
export async function measureDeclarations({ only }: DeclarationsOptions): Promise<readonly Row[]> {
  const works = [...tables, ...classTables].map((table) => ({ work: table.name, table }));
  const rows: Row[] = [];
  for (const { table } of chosen(works, only)) {
    const own = await measureTable(table);
    for (const { work, ours, theirs } of own) console.error(`  ${work}: ${ours}, by hand ${theirs}`);
    rows.push(...own);
  }
  return rows;
}

/** Rows by a declaration. */
interface Declared {
  readonly declaration: Declaration;
  readonly rows: Ingested;
}

async function measureTable(table: TableDeclaration): Promise<Row[]> {
  const folder = tableFolder(table, pythonWith('boosters'));
  const byHand = await readDeclaration(folder);
  const path = join(folder, byHand.file);
  const isNumber = taskKindOf(byHand) === 'regression';
  const { group = null, time = null } = byHand;
  const wanted = { target: byHand.target, task: isNumber ? 'regression' : 'classes', group, time } as const;
  const { checked } = declareTable(await readTable(path), { folder, name: table.name, file: byHand.file }, wanted);
  const sides = await Promise.all(
    [checked, byHand].map(async (declaration) => ({ declaration, rows: await ingest(path, declaration) })),
  );
  const [ours, theirs] = sides as [Declared, Declared];
  return (isNumber ? ['ridge', 'xgboost'] : ['logistic', 'xgboost']).map((model) => {
    const unit = scoreTitle(taskKindOf(byHand));
    const shared = sharedRows(ours, theirs);
    const row = { work: `${table.name}, ${model}`, unit, target: TOLERANCE };
    return rowOf(row, meanScore(ours, model, shared), meanScore(theirs, model, shared), 'behind');
  });
}

/** Rows of the file that both have, of which some are drawn where they are many. */
function sharedRows(a: Declared, b: Declared): number[] {
  const both = new Set(a.rows.fileRows);
  const rows = [...b.rows.fileRows].filter((row) => both.has(row));
  const order = permutation(rows.length, createRandom(SEED)).subarray(0, MOST_ROWS);
  return Array.from(order, (place) => rows[place] as number).sort((x, y) => x - y);
}

/** In cross-validation; folds are by the rows of the file, the same for any declaration. */
function meanScore({ declaration, rows: { table, fileRows } }: Declared, model: string, shared: readonly number[]) {
  const places = new Map(Array.from(fileRows, (row, place) => [row, place]));
  const passes = Math.max(1, Math.min(MOST_PASSES, Math.floor(ROWS_IN_ALL / shared.length)));
  let sum = 0;
  for (let pass = 0; pass < passes; pass++) {
    const order = permutation(shared.length, createRandom(SEED + pass));
    for (let fold = 0; fold < FOLDS; fold++) {
      const rowsOf = (isHeld: boolean) =>
        Uint32Array.from(order.filter((_, i) => (i % FOLDS === fold) === isHeld)).map(
          (i) => places.get(shared[i] as number) as number,
        );
      sum += scoreOf(declaration, model, takeRows(table, rowsOf(false)), takeRows(table, rowsOf(true)));
    }
  }
  return sum / passes / FOLDS;
}

type Rows = Ingested['table'];

function scoreOf(declaration: Declaration, model: string, learned: Rows, held: Rows): number {
  const estimator = estimatorNamed(model, taskKindOf(declaration));
  const { preprocessor, x, y } = fitFeatures({
    declaration,
    table: learned,
    encoding: estimator.encoding,
    seed: SEED,
  });
  const params = resolveParams(model, estimator.params, {});
  const classes = classCountOf(declaration) || undefined;
  const state = estimator.fit({ x, y, classes, params, seed: SEED });
  const { values } = estimator.predict(state, transform(preprocessor, held));
  const truth = columnOf(held, declaration.target);
  return classes === undefined ? rSquared(truth, values) : skill(truth, values, classShares(y, classes));
}

function rSquared(truth: Float64Array, predicted: Float64Array): number {
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const rest = truth.reduce((sum, value, i) => sum + (value - (predicted[i] as number)) ** 2, 0);
  return 1 - rest / truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** 1 − log loss ÷ that of the shares of the classes. */
function skill(truth: Float64Array, probabilities: Float64Array, shares: Float64Array): number {
  const k = shares.length;
  const loss = (of: (row: number) => number) =>
    truth.reduce((sum, _, row) => sum - Math.log(Math.max(of(row), Number.EPSILON)), 0);
  const own = loss((row) => probabilities[row * k + (truth[row] as number)] as number);
  return 1 - own / loss((row) => shares[truth[row] as number] as number);
}
