// Ours, theirs, ours, theirs, …: how a work is measured.

import { type Benchmark, units } from './benchmarks.ts';
import { DataFolder } from './data.ts';
import { type Answer, type Process, ProcessRunner, startOurs } from './process.ts';
import { type Row, rowOf, verdict } from './table.ts';

/** Fits of ours that do not count, until V8 has compiled what is hot. */
const WARM_UPS = 3;

export class Comparison {
  readonly #folder = new DataFolder();
  readonly #repeat: number;
  readonly #us = new ProcessRunner(() => startOurs());
  readonly #them: ProcessRunner | undefined;

  /** Without `startPeers` ours are measured alone. */
  constructor(repeat: number, startPeers: (() => Process) | undefined) {
    this.#repeat = repeat;
    this.#them = startPeers && new ProcessRunner(startPeers);
  }

  /** The best of each side. Says how it went. */
  async measure(benchmark: Benchmark): Promise<Row> {
    const task = { ...benchmark.ours, data: await this.#folder.files(benchmark.data), threads: 2 };
    const rivals = this.#rivals(benchmark).map(({ by, ...other }) => ({ by, task: { ...task, ...other } }));
    const { fresh, instead, most = Infinity } = benchmark;
    if (!fresh) {
      for (let i = 0; i < WARM_UPS; i++) await this.#us.ask(task);
      if (!instead) for (const rival of rivals) await rival.by.ask(rival.task);
    }
    const ours: Answer[] = [];
    const theirs: Answer[] = [];
    for (let turn = 0; turn < Math.min(this.#repeat, most); turn++) {
      ours.push(await this.#us.ask(task, fresh));
      if (instead && turn > 0) continue;
      for (const rival of rivals) theirs.push(await rival.by.ask(rival.task, fresh));
    }
    const best = (answers: Answer[]) => Math.min(...answers.map(units[benchmark.unit]));
    const row = rowOf(benchmark, best(ours), theirs.length > 0 ? best(theirs) : null, benchmark.bound);
    console.error(progress(row, ours, theirs));
    return row;
  }

  close(): void {
    this.#us.close();
    this.#them?.close();
  }

  /** Who else does a work, and what is different in what they are asked. */
  #rivals({ instead, peerThreads = [1, 2] }: Benchmark) {
    if (instead) return [{ by: this.#us, ...instead }];
    const them = this.#them;
    return them ? peerThreads.map((threads) => ({ by: them, threads })) : [];
  }
}

/** A line that also tells the score of both, as a check that they do the same work. */
function progress({ work, unit, ours, theirs, ratio, holds }: Row, ...answers: [Answer[], Answer[]]): string {
  const figures = [`${ours} ${unit}`, ...(theirs === null ? [] : [`theirs ${theirs} ${unit}, ratio ${ratio}`])];
  const scores = answers.flatMap(([first]) => (first ? [(first.r2 ?? first.accuracy ?? Number.NaN).toFixed(4)] : []));
  const score = answers[0][0]?.r2 === undefined ? 'accuracy' : 'R²';
  return `  ${work}: ${[...figures, verdict(holds)].join(', ')}; holdout ${score} ${scores.join(' and ')}`;
}
