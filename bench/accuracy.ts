import { availableParallelism } from 'node:os';
import { ParamError } from '../ml/core/errors.ts';
import { classTables } from './accuracy/class-tables.ts';
import { pythonWith } from './accuracy/environments.ts';
import { measure } from './accuracy/measure.ts';
import type { Measurement } from './accuracy/measurement.ts';
import { budgetOf, type Peer, peers } from './accuracy/peers.ts';
import { Results } from './accuracy/results.ts';
import { scoreTitle, type TableDeclaration, taskOf } from './accuracy/table.ts';
import { tableFolder } from './accuracy/table-folder.ts';
import { tables as numericTables } from './accuracy/tables.ts';
import { onTwoCores } from './two-cores.ts';

/** What tables are of: numbers, or classes, which are two or several. */
type AccuracyTask = 'regression' | 'classes' | 'binary' | 'multiclass';

export interface AccuracyOptions {
  /** Tables whose name has one of these texts. @default all */
  readonly only?: readonly string[] | undefined;
  /** Of what they are. @default both */
  readonly task?: AccuracyTask | undefined;
  /** @default all */
  readonly peers?: readonly string[] | undefined;
  /** Peers that are measured anew where the file has them already. @default none */
  readonly again?: readonly string[] | undefined;
  /** For each peer of the short contest that is told how long it may take. */
  readonly seconds: number;
  /** A file of rows, which is added to. */
  readonly json?: string | undefined;
}

export interface Accuracy {
  /** Of these tables and peers, and of this time. */
  readonly rows: readonly Measurement[];
  readonly peers: readonly Peer[];
}

/**
 * Trains peers on tables, and scores each on the rows that are held out. Says how each went. What has failed before is
 * tried again.
 *
 * @throws ParamError where an option is wrong. @throws DataError where the file holds something else.
 * @throws MeasurementError where a table or an environment cannot be had
 */
export async function measureAccuracy(options: AccuracyOptions): Promise<Accuracy> {
  const { seconds, json } = options;
  const chosenTables = tablesWith(options.only).filter((table) => isOf(table, options.task));
  const chosenPeers = peersNamed(options.peers);
  const again = peersNamed(options.again ?? []);
  const results = await Results.open(json);
  const works = chosenTables.flatMap((table) =>
    chosenPeers.map((peer) => ({ table, peer, key: keyOf(table, peer, seconds) })),
  );
  const open = works.filter(({ peer, key }) => again.includes(peer) || (results.find(key)?.score ?? null) === null);
  if (onTwoCores('', []) === null) console.error('The peers are told to use 2 threads; nothing keeps them to 2 cores.');
  console.error(
    `${open.length} to measure, ${works.length - open.length} known; Node ${process.versions.node}, ${availableParallelism()} cores`,
  );
  for (const [i, { table, peer }] of open.entries()) {
    const row = await measure(peer, table, tableFolder(table, pythonWith('boosters')), seconds);
    await results.add(row);
    console.error(
      `  ${i + 1} of ${open.length}: ${row.data}, ${row.peer}: ${outcome(row)}, ${row.seconds.toFixed(1)} s`,
    );
  }
  const rows = works.flatMap(({ key }) => results.find(key) ?? []);
  return { rows, peers: chosenPeers };
}

const keyOf = (table: TableDeclaration, peer: Peer, seconds: number) => ({
  data: table.name,
  peer: peer.name,
  budget: budgetOf(peer, seconds),
});

const outcome = (row: Measurement) =>
  row.score === null ? `failed (${row.reason})` : `${scoreTitle(row.task)} ${row.score.toFixed(4)}`;

function isOf(table: TableDeclaration, task: AccuracyTask | undefined): boolean {
  if (task === undefined) return true;
  return task === 'classes' ? taskOf(table) !== 'regression' : taskOf(table) === task;
}

const tables: readonly TableDeclaration[] = [...numericTables, ...classTables];

/** @throws ParamError where a text is in no name */
function tablesWith(texts: readonly string[] | undefined): readonly TableDeclaration[] {
  if (texts === undefined) return tables;
  const unknown = texts.find((text) => !tables.some(({ name }) => name.includes(text)));
  if (unknown === undefined) return tables.filter(({ name }) => texts.some((text) => name.includes(text)));
  throw new ParamError(
    `no table here has ${JSON.stringify(unknown)} in its name; there are: ${tables.map(({ name }) => name).join(', ')}`,
  );
}

/** @throws ParamError where nobody has that name */
function peersNamed(names: readonly string[] | undefined): readonly Peer[] {
  if (names === undefined) return peers;
  const unknown = names.find((name) => !peers.some((peer) => peer.name === name));
  if (unknown === undefined) return peers.filter(({ name }) => names.includes(name));
  throw new ParamError(
    `no peer is named ${JSON.stringify(unknown)}; there are: ${peers.map(({ name }) => name).join(', ')}`,
  );
}
