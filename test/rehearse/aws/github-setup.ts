// `npm run github:setup` beside a double of GitHub's command line.

import { mkdtempSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Outcome, root, run } from '../process.ts';
import { type Call, readCalls } from './gh-calls.ts';
import { type Moto, region } from './moto.ts';

/** Gives a function that runs the command for a stack, and tells what the double was asked. */
export function doubledGitHub(
  moto: Moto,
  folder: string,
  stack: string,
): () => Promise<Outcome & { readonly calls: readonly Call[] }> {
  const doubles = mkdtempSync(join(folder, 'gh-'));
  const record = join(doubles, 'calls.jsonl');
  symlinkSync(fileURLToPath(new URL('gh-double.ts', import.meta.url)), join(doubles, 'gh'));
  const env = { ...moto.environment, PATH: `${doubles}:${moto.environment.PATH}`, GH_DOUBLE_RECORD: record };
  let read = 0;
  return async () => {
    const args = ['cli/plumbline.ts', 'github', 'setup', '--stack', stack, '--region', region, '--yes'];
    const outcome = await run(`${root}node_modules/.bin/node`, args, { env });
    const calls = readCalls(record).slice(read);
    read += calls.length;
    return { ...outcome, calls };
  };
}
