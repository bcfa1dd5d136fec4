import { availableParallelism } from 'node:os';
import { readRows } from '../ml/selection/rows.ts';
import { findPeers } from './peers/python.ts';
import { withScratchFolder } from './scratch-folder.ts';
import { compare, type Tuned } from './tune/compare.ts';
import { runOurs } from './tune/ours.ts';
import { bestOf, type Side } from './tune/side.ts';
import { runGrid, writeGridTask } from './tune/theirs.ts';

export interface TuneOptions {
  /** The folder that holds dataset.json. */
  readonly dataset: string;
  /** Another CSV of the same declaration. @default the declaration's own */
  readonly data?: string | undefined;
  /** A file with the rows to hold out, and those rows. @default a fifth, by the seed */
  readonly holdout?: { readonly file: string; readonly rows: readonly number[] } | undefined;
  /** A Python that has the peers; false for ours alone. @default one that is found or installed */
  readonly python?: string | false | undefined;
  /** How often each side is measured. */
  readonly repeat: number;
}

/** Of the split, the folds, and all else that is random. */
const SEED = 42;

/**
 * The scenario's grid by `plumbline train` and by its Python pipeline, in turns, on the same rows and folds. Prints which
 * versions, and how it goes on.
 *
 * @throws DataError where the data is wrong. @throws ParamError where an option is. @throws MeasurementError where a side fails
 */
export async function measureTuning({ dataset, data, holdout, python, repeat }: TuneOptions): Promise<Tuned> {
  const rows = await readRows({ dataset, data, holdoutRows: holdout?.rows }, SEED);
  const peers = python === false ? 'not asked for' : findPeers(python || undefined);
  console.log(`Node ${process.versions.node}, ${availableParallelism()} cores${toldOf(peers)}`);
  const options = [
    ...['--dataset', dataset, '--seed', String(SEED), '--preset', 'scenario'],
    ...(data === undefined ? [] : ['--data', data]),
    ...(holdout === undefined ? [] : ['--holdout-rows', holdout.file]),
  ];
  return withScratchFolder(async (folder) => {
    const task = await writeGridTask(rows, SEED, folder);
    const ours: Side[] = [];
    const theirs: Side[] = [];
    for (let turn = 0; turn < repeat; turn++) {
      ours.push(tell('ours', await withScratchFolder((scratch) => runOurs(options, scratch))));
      if (typeof peers !== 'string') theirs.push(tell('theirs', await runGrid(peers.python, task)));
    }
    return compare(quickest(ours) as Side, quickest(theirs));
  });
}

const toldOf = (peers: ReturnType<typeof findPeers>) =>
  typeof peers === 'string'
    ? `; ours alone, theirs not measured: ${peers}`
    : Object.entries(peers.versions)
        .map((it) => `, ${it.join(' ')}`)
        .join('');

function tell(who: string, side: Side): Side {
  const memory = side.megabytes === null ? '' : `, ${side.megabytes.toFixed(0)} MB`;
  console.error(
    `  ${who}: ${side.seconds.toFixed(2)} s${memory}, best CV R² ${bestOf(side).toFixed(4)}, holdout R² ${side.holdout.toFixed(4)}`,
  );
  return side;
}

const quickest = (sides: readonly Side[]) => sides.toSorted((a, b) => a.seconds - b.seconds)[0];
