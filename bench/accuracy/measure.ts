// One peer on one table: a process of its own, on two cores.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDeclaration } from '../../ml/data/declaration.ts';
import type { TaskKind } from '../../ml/data/task-kind.ts';
import { type CommandOptions, type Ended, runCommand } from '../command.ts';
import { withScratchFolder } from '../scratch-folder.ts';
import { runTraining } from '../training.ts';
import { CORES, onTwoCores } from '../two-cores.ts';
import { pythonWith } from './environments.ts';
import type { Measurement } from './measurement.ts';
import { budgetOf, type Peer, timesOf } from './peers.ts';
import { type TableDeclaration, taskOf } from './table.ts';
import { baselineIn, HOLDOUT_FILE } from './table-folder.ts';

const script = fileURLToPath(new URL('train.py', import.meta.url));
const plumbline = fileURLToPath(new URL('../../cli/plumbline.ts', import.meta.url));

/** A peer that has not ended within so many times its time, and what it takes to start, in seconds, has failed. */
const patience = { times: 2, seconds: 120 };

/** Trains a peer on a table that is prepared in `folder`, with `seconds` for those of the short contest. */
export async function measure(
  peer: Peer,
  table: TableDeclaration,
  folder: string,
  seconds: number,
): Promise<Measurement> {
  const budget = budgetOf(peer, seconds);
  const mostSeconds = seconds * timesOf(peer.contest) * patience.times + patience.seconds;
  const train = peer.environment === null ? trainPlumbline : trainPython(peer.name, pythonWith(peer.environment));
  const task = taskOf(table);
  const { ended, score, reason } = await withScratchFolder((scratch) =>
    train({ task, folder, scratch, budget, mostSeconds }),
  );
  const row = {
    data: table.name,
    task,
    peer: peer.name,
    budget,
    seconds: Number(ended.seconds.toFixed(2)),
  } as const;
  return score === undefined || ended.isLate
    ? { ...row, score: null, reason: ended.isLate ? lateness(ended) : (reason ?? complaint(ended)) }
    : { ...row, score: task === 'regression' ? score : 1 - score / baselineIn(folder) };
}

interface Job {
  readonly task: TaskKind;
  readonly folder: string;
  /** For what it leaves behind. */
  readonly scratch: string;
  readonly budget: number | null;
  readonly mostSeconds: number;
}

interface Outcome {
  readonly ended: Ended;
  /** R², or of classes the log loss. */
  readonly score?: number | undefined;
  /** Why there is none, where the peer itself has said it. */
  readonly reason?: string | undefined;
}

/** As somebody would who has the CSV alone: of what the table is declared as, init is told the target, and whether it is a class. */
async function trainPlumbline({ task, folder, scratch, budget, mostSeconds }: Job): Promise<Outcome> {
  const dataset = join(scratch, 'dataset');
  const { file, target, weight, group, time } = await readDeclaration(folder);
  const role = (name: string, column: string | undefined) =>
    column === undefined ? [`--no-${name}`] : [`--${name}`, column];
  const wanted = [
    ...['--target', target, '--task', task === 'regression' ? task : 'classes', '--out', dataset],
    ...(weight === undefined ? [] : ['--weight', weight]),
    // What the rows held out were drawn by is not to be guessed.
    ...[...role('group', group), ...role('time', time)],
  ];
  const made = await run(process.execPath, [plumbline, 'init', join(folder, file), ...wanted], { mostSeconds });
  if (made.code !== 0) return { ended: made };
  const options = ['--dataset', dataset, '--holdout-rows', join(folder, HOLDOUT_FILE), '--budget', `${budget}s`];
  const { ended, result } = await runTraining(options, scratch, (...command) => run(...command, { mostSeconds }));
  const score = result?.holdout?.[task === 'regression' ? 'r2' : 'log_loss'];
  return { ended: { ...ended, seconds: made.seconds + ended.seconds }, score, reason: result?.verdict.reason };
}

const trainPython =
  (peer: string, python: string) =>
  async ({ task, folder, scratch, budget, mostSeconds }: Job): Promise<Outcome> => {
    const input = { peer, task, folder, seconds: budget, threads: CORES };
    const ended = await run(python, [script], { input, cwd: scratch, mostSeconds });
    if (ended.code !== 0) return { ended };
    return { ended, score: (JSON.parse(ended.stdout) as { score: number }).score };
  };

function run(command: string, args: readonly string[], options: CommandOptions): Promise<Ended> {
  const [program, words] = onTwoCores(command, args) ?? [command, args];
  return runCommand(program, words, options);
}

const lateness = ({ seconds }: Ended) => `it was still running after ${seconds.toFixed(0)} s`;

const complaint = ({ stderr }: Ended) => stderr.trim().split('\n').at(-1) || 'it ended without an answer';
