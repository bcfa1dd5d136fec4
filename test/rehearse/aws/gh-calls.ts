// What the double of GitHub's command line was asked.

import { existsSync, readFileSync } from 'node:fs';

export interface Call {
  readonly args: readonly string[];
  /** What came by standard input. */
  readonly input: string;
}

/** Every call so far; the record has a line of JSON for each. */
export function readCalls(record: string): Call[] {
  if (!existsSync(record)) return [];
  const lines = readFileSync(record, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Call);
}
