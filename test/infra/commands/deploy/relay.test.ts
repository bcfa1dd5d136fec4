import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { start } from '../../../processes.ts';
import { temporaryFolder } from '../../../temporary.ts';

/** A process that stands for a script. */
function relaying(script: string) {
  const path = join(temporaryFolder(), 'script.sh');
  writeFileSync(path, `#!/bin/bash\n${script}\n`);
  chmodSync(path, 0o755);
  const program = `import { relay } from './infra/commands/deploy/relay.ts';
    process.exitCode = await relay(${JSON.stringify(path)}, ['one', 'two words']);`;
  return start(['--input-type=module', '--eval', program]);
}

/** Ends a while after the first signal, and says which came. */
const awaiting = `
  for signal in INT TERM; do trap "echo $signal; sleep 0.3; exit 42" $signal; done
  echo begun
  while true; do sleep 0.05; done`;

describe('relay', () => {
  it('hands over arguments, what is printed on either side, and the exit code', async () => {
    const { code, stdout, stderr } = await relaying('echo "$2, $1"; echo wrong >&2; exit 7').exit;
    expect({ code, stdout, stderr }).toEqual({ code: 7, stdout: 'two words, one\n', stderr: 'wrong\n' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('passes %s on, and waits for the end', async (signal) => {
    const process = relaying(awaiting);
    await process.said(/begun/);
    process.signal(signal);
    const { code, signal: endedBy, stdout } = await process.exit;
    expect({ code, endedBy, stdout }).toEqual({ code: 42, endedBy: null, stdout: `begun\n${signal.slice(3)}\n` });
  });

  it('outlives a second signal, as the script does', async () => {
    const process = relaying(
      `trap 'trap "" TERM; echo first; sleep 0.5; exit 130' INT\n echo begun\n while true; do sleep 0.05; done`,
    );
    await process.said(/begun/);
    process.signal('SIGINT');
    await process.said(/first/);
    process.signal('SIGTERM');
    expect((await process.exit).code).toBe(130);
  });

  it('ends as a shell does where a signal ended the script', async () => {
    expect((await relaying('kill -KILL $$').exit).code).toBe(137);
  });
});
