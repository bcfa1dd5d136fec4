import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { jsonOption, writeJson } from '../ml/commands/output.ts';
import { DataFolder } from './data.ts';
import { findPeers, type Peers, startPeers } from './peers/python.ts';
import { type Answer, type Side, startOurs, type Task } from './side.ts';
import { chosen, onlyOption, printRows, type Row, rowOf, verdict } from './table.ts';
import { fitWorks, units, type Work } from './works.ts';

interface Options {
  readonly python?: string | false;
  readonly only?: string;
  readonly rows: number;
  readonly repeat: number;
  readonly json?: string;
}

export function fitCommand(): Command {
  return new Command('fit')
    .description(
      'Time to learn, time to predict and memory, beside scikit-learn, xgboost, catboost and ml-random-forest.\n' +
        'Ours and theirs take turns, with 2 threads at most; the best time of each counts.',
    )
    .option(
      '--python <path>',
      'a Python that has the peers (default: one on the PATH, else one that is installed once)',
    )
    .option('--no-python', 'ours alone')
    .addOption(onlyOption())
    .option('--rows <n>', 'of the largest data; the others have a tenth and a hundredth of them', whole, 1_000_000)
    .option('--repeat <n>', 'how often each side is measured', whole, 5)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npm run bench -- fit                                  (about five minutes)
  npm run bench -- fit --only students --json fit.json
  npm run bench -- fit --only xgboost --rows 100000 --repeat 3
  npm run bench -- fit --python ~/venv/bin/python`,
    )
    .action(run);
}

async function run({ python, only, rows: largest, repeat, json }: Options): Promise<void> {
  const works = chosen(fitWorks(largest), only);
  const peers = python === false ? 'not asked for' : findPeers(python || undefined);
  console.log(versions(peers));
  const bench = new FitBench(peers, repeat);
  const rows: Row[] = [];
  try {
    for (const work of works) rows.push(await bench.measure(work));
  } finally {
    bench.close();
  }
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}

function versions(peers: Peers | string): string {
  const here = `Node ${process.versions.node}, ${availableParallelism()} cores`;
  if (typeof peers === 'string') return `${here}; ours alone, theirs not measured: ${peers}`;
  return [here, ...Object.entries(peers.versions).map((entry) => entry.join(' '))].join(', ');
}

/** The contenders of one run of the bench, and their data. */
class FitBench {
  readonly #folder = new DataFolder();
  readonly #warm: { ours: Side; theirs: Side | undefined };
  readonly #peers: Peers | undefined;
  readonly #repeat: number;

  constructor(peers: Peers | string, repeat: number) {
    this.#peers = typeof peers === 'string' ? undefined : peers;
    this.#repeat = repeat;
    this.#warm = { ours: startOurs(), theirs: this.#peers && startPeers(this.#peers) };
  }

  /** Ours, theirs, ours, theirs, …: the best of each. Says how it went. */
  async measure({ work, unit, target, bound, ...how }: Work): Promise<Row> {
    const data = await this.#folder.files(how.data);
    const ours = { ...how.ours, data, threads: 2 };
    const theirs = (how.peerThreads ?? [1, 2]).map((threads) => ({ ...ours, threads }));
    const rival = how.instead && { ...ours, ...how.instead };
    const answers: { ours: Answer[]; theirs: Answer[] } = { ours: [], theirs: [] };
    if (!how.fresh) await this.#warmUp(ours, rival ? [] : theirs);
    for (let turn = 0; turn < Math.min(this.#repeat, how.most ?? Infinity); turn++) {
      answers.ours.push(await this.#askOurs(ours, how.fresh));
      if (rival && turn === 0) answers.theirs.push(await this.#askOurs(rival));
      if (!rival) for (const task of theirs) answers.theirs.push(...(await this.#askTheirs(task, how.fresh)));
    }
    const best = (side: Answer[]) => Math.min(...side.map(units[unit]));
    const row = rowOf(
      { work, unit, target },
      best(answers.ours),
      answers.theirs.length > 0 ? best(answers.theirs) : null,
      bound,
    );
    console.error(progress(row, answers));
    return row;
  }

  close(): void {
    this.#warm.ours.close();
    this.#warm.theirs?.close();
  }

  /** A few fits that do not count: until V8 has compiled what is hot, and Python has imported. */
  async #warmUp(ours: Task, theirs: readonly Task[]): Promise<void> {
    for (let i = 0; i < 3; i++) await this.#askOurs(ours);
    for (const task of theirs) await this.#askTheirs(task);
  }

  #askOurs(task: Task, fresh = false): Promise<Answer> {
    return ask(task, this.#warm.ours, fresh ? startOurs : undefined);
  }

  /** Their answer, where they are here. */
  async #askTheirs(task: Task, fresh = false): Promise<Answer[]> {
    const { theirs } = this.#warm;
    const peers = this.#peers;
    return theirs && peers ? [await ask(task, theirs, fresh ? () => startPeers(peers) : undefined)] : [];
  }
}

/** Asks the side, or one that is started for this. */
async function ask(task: Task, side: Side, start?: () => Side): Promise<Answer> {
  if (!start) return side.ask(task);
  const fresh = start();
  try {
    return await fresh.ask(task);
  } finally {
    fresh.close();
  }
}

function progress({ work, unit, ours, theirs, ratio, holds }: Row, answers: Record<'ours' | 'theirs', Answer[]>) {
  const r2 = ({ r2 }: Answer) => r2.toFixed(4);
  const [first] = answers.theirs;
  const figures = [`${ours} ${unit}`, first && `theirs ${theirs} ${unit}, ratio ${ratio}`, verdict(holds)];
  const check = `holdout R² ${[answers.ours[0] as Answer, ...(first ? [first] : [])].map(r2).join(' and ')}`;
  return `  ${work}: ${figures.filter(Boolean).join(', ')}; ${check}`;
}
