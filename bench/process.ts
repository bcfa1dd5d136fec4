// Both sides of a comparison are processes that are asked alike: a line of JSON in, a line of JSON out.

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ParamValue } from '../ml/estimators/params.ts';
import type { DataFiles } from './data.ts';
import { MeasurementError } from './measurement-error.ts';

/** What a process is asked to do, and to take the time of. */
export interface Task {
  /** Learn; or learn, and then predict one row after the other, or all of them together; or explain them, together or one after the other. */
  readonly timed: 'fit' | 'predict' | 'predict all' | 'explain' | 'explain one';
  /** By our names of estimators and parameters; what is not named is at its default. */
  readonly model: string;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly data: DataFiles;
  readonly threads: number;
}

export interface Answer {
  /** Of one fit, one prediction or one explanation. What is quick is repeated for 20 ms, and this is the mean. */
  readonly seconds: number;
  /** Peak memory of the process until it had learned, its data included, in MB. */
  readonly megabytes: number;
  /** On the held-out rows, of numbers and of classes: a check that both do the same work. */
  readonly r2?: number;
  readonly accuracy?: number;
}

/** A process that does tasks; it does not outlive this one. */
export class Process {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  readonly #kill = () => this.#child.kill('SIGKILL');
  readonly #ended: Promise<unknown>;
  #complaints = '';

  constructor(command: string, args: readonly string[]) {
    this.#child = spawn(command, args, { stdio: 'pipe' });
    this.#child.on('error', ({ message }) => this.#complain(message));
    // One that has died reads no more; its answer that does not come tells.
    this.#child.stdin?.on('error', () => {});
    this.#child.stderr?.setEncoding('utf8').on('data', (text) => this.#complain(text));
    this.#answers = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
    this.#ended = new Promise((resolve) => this.#child.once('close', resolve));
    process.once('exit', this.#kill);
  }

  /** @throws MeasurementError where the process ends instead, with what it said. */
  async ask(task: Task): Promise<Answer>;
  async ask<A>(task: { readonly model: string; readonly [key: string]: unknown }): Promise<A>;
  async ask(task: { readonly model: string }): Promise<unknown> {
    this.#child.stdin?.write(`${JSON.stringify(task)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) {
      await this.#ended;
      throw new MeasurementError(`${task.model} could not be measured:\n${this.#complaints.trim()}`);
    }
    return JSON.parse(value);
  }

  close(): void {
    process.off('exit', this.#kill);
    this.#kill();
  }

  #complain(text: string): void {
    this.#complaints = (this.#complaints + text).slice(-4000);
  }
}

/** Who is asked: the same process each time, which is warm; or a fresh one for a task. */
export class ProcessRunner {
  readonly #start: () => Process;
  #warm: Process | undefined;

  constructor(start: () => Process) {
    this.#start = start;
  }

  async ask(task: Task, isFresh = false): Promise<Answer> {
    if (!isFresh) {
      this.#warm ??= this.#start();
      return this.#warm.ask(task);
    }
    const fresh = this.#start();
    try {
      return await fresh.ask(task);
    } finally {
      fresh.close();
    }
  }

  close(): void {
    this.#warm?.close();
  }
}

/** Ours, or what another checkout of Plumbline has in its place. */
export const startOurs = (checkout = fileURLToPath(new URL('..', import.meta.url))) =>
  new Process(process.execPath, [join(checkout, 'bench/ours.ts')]);
