import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { ParamError } from '../ml/core/errors.ts';
import type { Benchmark } from './benchmarks.ts';
import { Comparison } from './comparison.ts';
import { findPeers, startPeers } from './peers/python.ts';
import { type Process, startOurs } from './process.ts';
import type { Row } from './table.ts';

export interface TurnsOptions {
  /** A Python that has the peers; false for ours alone. @default one that is found or installed */
  readonly python?: string | false;
  /** A checkout of an earlier Plumbline, which takes the place of the peers. */
  readonly before?: string;
  /** How often each side is measured. */
  readonly repeat: number;
}

/**
 * Measures ours and the peers in turns. Prints which versions, and how it goes on.
 *
 * @throws ParamError where an option is wrong. @throws MeasurementError where a side fails.
 */
export async function measureInTurns(
  benchmarks: readonly Benchmark[],
  { python, before, repeat }: TurnsOptions,
): Promise<readonly Row[]> {
  const peers = before === undefined ? findPeerProcess(python) : earlier(before);
  console.log(`Node ${process.versions.node}, ${availableParallelism()} cores${peers.said}`);
  const comparison = new Comparison(repeat, peers.start);
  const rows: Row[] = [];
  try {
    for (const benchmark of benchmarks) rows.push(await comparison.measure(benchmark));
  } finally {
    comparison.close();
  }
  return rows;
}

/** The other side of a comparison, if there is one, and what is said of it. */
interface Other {
  readonly start?: () => Process;
  readonly said: string;
}

function findPeerProcess(python: TurnsOptions['python']): Other {
  const peers = python === false ? 'not asked for' : findPeers(python || undefined);
  if (typeof peers === 'string') return { said: `; ours alone, theirs not measured: ${peers}` };
  return {
    start: () => startPeers(peers),
    said: Object.entries(peers.versions)
      .map((it) => `, ${it.join(' ')}`)
      .join(''),
  };
}

function earlier(folder: string): Other {
  if (existsSync(join(folder, 'bench/ours.ts')) && existsSync(join(folder, 'node_modules')))
    return { start: () => startOurs(resolve(folder)), said: `; theirs is the Plumbline in ${folder}` };
  throw new ParamError(`--before: ${folder} is no checkout of Plumbline whose packages are installed (npm ci)`);
}
