// Preloaded into a process (node --import) that is to die at its n-th call that changes the disk:
// KILL_AT_WRITE=3 dies just before the third, and KILL_AT_APPEND=3 just before the third that appends to a file. It patches
// what ml/ calls, before ml/ loads it.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

function counter(calls: string | undefined): () => void {
  let left = Number(calls);
  return () => {
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  };
}

const countWrite = counter(process.env.KILL_AT_WRITE);
const countAppend = counter(process.env.KILL_AT_APPEND);

for (const name of ['mkdir', 'mkdtemp', 'writeFile', 'rename', 'symlink', 'rm', 'appendFile'] as const) {
  const real = fs.promises[name] as (...args: unknown[]) => Promise<unknown>;
  const count = name === 'appendFile' ? countAppend : countWrite;
  Object.assign(fs.promises, {
    [name]: (...args: unknown[]) => {
      count();
      return real(...args);
    },
  });
}
const createWriteStream = fs.createWriteStream;
fs.createWriteStream = ((...args: Parameters<typeof createWriteStream>) => {
  countWrite();
  return createWriteStream(...args);
}) as typeof createWriteStream;
syncBuiltinESMExports();
