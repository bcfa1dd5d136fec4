// Our classifiers and the references', each at its defaults, on the same rows of real tables.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDeclaration } from '../ml/data/declaration.ts';
import { ingest } from '../ml/data/ingest.ts';
import { columnOf, type Table, takeRows } from '../ml/data/table.ts';
import { classCountOf } from '../ml/data/task-kind.ts';
import { estimatorNamed } from '../ml/estimators/index.ts';
import { fitFeatures, transform } from '../ml/features/preprocess.ts';
import { classTables } from './accuracy/class-tables.ts';
import { pythonWith } from './accuracy/environments.ts';
import { type TableDeclaration, taskOf } from './accuracy/table.ts';
import { HOLDOUT_FILE, tableFolder } from './accuracy/table-folder.ts';
import { MeasurementError } from './measurement-error.ts';
import { findPeers, startPeers } from './peers/python.ts';
import { askOurs, References, type Reply } from './random/ask.ts';
import { familyNames, memberOf } from './random/families.ts';
import type { Problem } from './random/problem.ts';
import { chosen, type Row, rowOf } from './table.ts';

/** Two of ten classes or three that are easy, one of one in sixteen, and one of which half is chance. */
const TABLES = ['breast-cancer', 'wine', 'digits', 'caravan', 'orange-juice'];

/** What is drawn differs from seed to seed: scores are the means over so many. */
const SEEDS = { from: 0, to: 3 };

/** How much worse than the reference's a mean score may be; an accuracy by one row at least, which is more where few are held out. */
const TOLERANCE = 0.01;

export interface LeaderboardOptions {
  readonly only?: string;
  readonly python?: string;
}

/**
 * Log loss and accuracy on held-out rows of ours and of the references, family by family, the lowest log loss of ours first. Says how it
 * goes on.
 *
 * @throws ParamError where nothing has `only` in its name. @throws MeasurementError where there are no references, or no tables.
 */
export async function measureLeaderboard({ only, python }: LeaderboardOptions): Promise<readonly Row[]> {
  const peers = findPeers(python);
  if (typeof peers === 'string') throw new MeasurementError(`a leaderboard needs the references, and ${peers}`);
  const references = new References(() => startPeers(peers));
  const works = classTables.filter(({ name }) => TABLES.includes(name)).map((table) => ({ work: table.name, table }));
  const rows: Row[] = [];
  try {
    for (const { table } of chosen(works, only)) rows.push(...(await measureTable(table, references)));
  } finally {
    references.close();
  }
  return rows;
}

async function measureTable(table: TableDeclaration, references: References): Promise<Row[]> {
  const load = await readTable(table);
  const scored: { logLoss: Row; accuracy: Row }[] = [];
  for (const { model } of familyNames.map(memberOf).filter(({ ofClasses }) => ofClasses)) {
    const problem = load(model);
    const asked = references.ask(problem, SEEDS);
    const ours = scoresOf(problem, askOurs(problem, SEEDS), model);
    const theirs = scoresOf(problem, await asked, `the reference of ${model}`);
    const row = (of: keyof typeof ours, bound: 'above' | 'behind', target: number) =>
      rowOf({ work: `${table.name}, ${model}`, unit: of, target }, ours[of], theirs[of], bound);
    const oneRow = Number((1 / problem.holdoutY.length).toPrecision(2));
    const both = {
      logLoss: row('log loss', 'above', TOLERANCE),
      accuracy: row('accuracy', 'behind', Math.max(TOLERANCE, oneRow)),
    };
    console.error(`  ${both.logLoss.work}: log loss ${both.logLoss.ours}, theirs ${both.logLoss.theirs}`);
    scored.push(both);
  }
  return scored.sort((a, b) => a.logLoss.ours - b.logLoss.ours).flatMap(({ logLoss, accuracy }) => [logLoss, accuracy]);
}

/** The rows of a table as a model takes them, encoded by what the training rows teach. */
async function readTable(table: TableDeclaration): Promise<(model: string) => Problem> {
  const folder = tableFolder(table, pythonWith('boosters'));
  const declaration = await readDeclaration(folder);
  const { table: all } = await ingest(join(folder, declaration.file), declaration);
  const held = new Set<number>(JSON.parse(readFileSync(join(folder, HOLDOUT_FILE), 'utf8')));
  const rowsOf = (isHeld: boolean): Table => {
    const rows = Uint32Array.from({ length: all.rows }, (_, i) => i).filter((row) => held.has(row) === isHeld);
    return takeRows(all, rows);
  };
  const [learned, test] = [rowsOf(false), rowsOf(true)];
  return (model) => {
    const { encoding } = estimatorNamed(model, taskOf(table));
    const { preprocessor, x, y } = fitFeatures({ declaration, table: learned, encoding, seed: 42 });
    return {
      model,
      params: {},
      x,
      y,
      classes: classCountOf(declaration),
      holdoutX: transform(preprocessor, test),
      holdoutY: columnOf(test, declaration.target),
    };
  };
}

/** Mean scores over seeds. @throws MeasurementError where a side refuses */
function scoresOf(
  { holdoutY, classes = 1 }: Problem,
  reply: Reply,
  who: string,
): Record<'log loss' | 'accuracy', number> {
  if (reply.predictions === undefined) throw new MeasurementError(`${who} refuses: ${reply.refused}`);
  const scores = reply.predictions.map((values) => {
    const rowOf = (i: number) => values.subarray(i * classes, (i + 1) * classes);
    const loss = holdoutY.reduce((sum, k, i) => sum - Math.log(limited(rowOf(i)[k] as number)), 0);
    const right = holdoutY.filter((k, i) => rowOf(i).indexOf(Math.max(...rowOf(i))) === k).length;
    return { loss: loss / holdoutY.length, accuracy: right / holdoutY.length };
  });
  const mean = (of: (score: (typeof scores)[number]) => number) =>
    scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
  return { 'log loss': mean(({ loss }) => loss), accuracy: mean(({ accuracy }) => accuracy) };
}

/** As scikit-learn limits a probability. */
const limited = (probability: number) => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability));
