// Preloaded into a process (node --import) that is to die at its n-th call that changes the disk:
// KILL_AT_WRITE=3 dies just before the third. It patches what ml/ calls, before ml/ loads it.

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

let left = Number(process.env.KILL_AT_WRITE);

function countDown(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

for (const name of ['mkdir', 'mkdtemp', 'writeFile', 'rename', 'symlink', 'rm'] as const) {
  const real = fs.promises[name] as (...args: unknown[]) => Promise<unknown>;
  Object.assign(fs.promises, {
    [name]: (...args: unknown[]) => {
      countDown();
      return real(...args);
    },
  });
}
const createWriteStream = fs.createWriteStream;
fs.createWriteStream = ((...args: Parameters<typeof createWriteStream>) => {
  countDown();
  return createWriteStream(...args);
}) as typeof createWriteStream;
syncBuiltinESMExports();
