// A cluster of Spark on the loopback: a master and workers, each a process with all that it starts.

import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { atExit, type Environment } from '../process.ts';

export interface Cluster {
  /** As Spark writes it: spark://127.0.0.1:7077. */
  readonly url: string;
  readonly workers: readonly Worker[];
  /** Ends all of it: what is left keeps this process from its end. */
  stop(): void;
}

interface Worker {
  /** Kills it and all that it has started, as a machine that is gone. */
  kill(): void;
  /** What its executors and all that they have started take at the moment, in bytes; pages that they share count once. */
  memory(): number;
}

interface Size {
  readonly cores: number;
  /** As Spark writes it: 1500m. */
  readonly memory: string;
}

/** How long a process of Spark may take to say that it is ready. */
const PATIENCE_MS = 120_000;

/** Starts a master and workers, and waits until the master knows all of them. */
export async function startCluster(folder: string, env: Environment, workers: number, size: Size): Promise<Cluster> {
  const master = await startProcess(
    ['org.apache.spark.deploy.master.Master', '--host', '127.0.0.1', '--port', '0', '--webui-port', '0'],
    env,
    /Starting Spark master at (spark:\/\/\S+)/,
  );
  const url = master.said;
  const starts = Array.from({ length: workers }, async (_, k): Promise<Worker> => {
    const place = ['--host', '127.0.0.1', '--webui-port', '0', '--work-dir', join(folder, `worker-${k}`)];
    const limits = ['--cores', String(size.cores), '--memory', size.memory];
    const worker = await startProcess(
      ['org.apache.spark.deploy.worker.Worker', ...place, ...limits, url],
      env,
      /Successfully registered with master (\S+)/,
    );
    return {
      kill: () => {
        for (const pid of withDescendants(worker.pid)) killProcess(pid);
      },
      memory: () =>
        withDescendants(worker.pid).reduce((sum, pid) => (pid === worker.pid ? sum : sum + memoryOf(pid)), 0),
    };
  });
  const started = await Promise.all(starts);
  const stop = () => {
    for (const worker of started) worker.kill();
    for (const pid of withDescendants(master.pid)) killProcess(pid);
  };
  return { url, workers: started, stop };
}

/** Looks each second at what workers take, until it is stopped; `peaks` is the most that each has taken, in bytes. */
export function watchMemory(workers: readonly Worker[]): { readonly peaks: readonly number[]; stop(): void } {
  const peaks = workers.map(() => 0);
  const timer = setInterval(() => {
    for (const [k, worker] of workers.entries()) peaks[k] = Math.max(peaks[k] as number, worker.memory());
  }, 1000);
  return { peaks, stop: () => clearInterval(timer) };
}

/** Starts one, and waits until it says something: what it is. It is ended with this process. */
async function startProcess(args: readonly string[], env: Environment, ready: RegExp) {
  const child = spawn('spark-class', args, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  atExit(() => {
    for (const pid of withDescendants(child.pid as number)) killProcess(pid);
  });
  return { pid: child.pid as number, said: await saidBy(child, ready) };
}

function saidBy(child: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    const fail = (why: string) => reject(new Error(`Spark ${why}:\n${lines.slice(-20).join('\n')}`));
    const timer = setTimeout(() => fail('is not ready'), PATIENCE_MS);
    for (const input of [child.stdout, child.stderr]) {
      if (!input) continue;
      createInterface({ input }).on('line', (line) => {
        lines.push(line);
        const [, said] = ready.exec(line) ?? [];
        if (said === undefined) return;
        clearTimeout(timer);
        resolve(said);
      });
    }
    child.on('exit', () => {
      clearTimeout(timer);
      fail('has ended');
    });
  });
}

/** A process and all that came of it. Python's workers lead groups of their own, so that a group is not enough. */
function withDescendants(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = parentOf(Number(name));
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = [pid];
  for (const each of all) all.push(...(children.get(each) ?? []));
  return all;
}

/** Undefined of one that has just ended. */
function parentOf(pid: number): number | undefined {
  const fields = statOf(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ');
  return fields && Number(fields[1]);
}

const memoryOf = (pid: number) => Number(/^Pss:\s+(\d+) kB$/m.exec(statOf(pid, 'smaps_rollup') ?? '')?.[1] ?? 0) * 1024;

function statOf(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
