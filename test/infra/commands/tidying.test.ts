import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { start } from '../../processes.ts';
import { temporaryFolder } from '../../temporary.ts';

let left: string;
beforeEach(() => {
  left = join(temporaryFolder(), 'left');
});

/** A process that makes a file, does something, and takes the file away. */
function doing(action: string) {
  writeFileSync(left, '');
  const program = `import { rmSync } from 'node:fs';
    import { spawnSync } from 'node:child_process';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { tidying } from './infra/commands/tidying.ts';
    const remove = () => { rmSync(${JSON.stringify(left)}); console.log('tidied'); };
    ${action}`;
  return start(['--input-type=module', '--eval', program]);
}

describe('tidying', () => {
  it('gives what came of it, and tidies up', async () => {
    const { code, stdout } = await doing('console.log(await tidying(() => 7, remove));').exit;
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'tidied\n7\n' });
  });

  it('tidies up after a failure, which goes on', async () => {
    const ended = await doing(`await tidying(() => { throw new Error('broken') }, remove);`).exit;
    expect(ended).toMatchObject({ code: 1, stdout: 'tidied\n', stderr: expect.stringContaining('Error: broken') });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends by %s as ever, and leaves nothing', async (signal) => {
    const running = doing(`await tidying(() => { console.log('begun'); return sleep(60_000); }, remove);`);
    await running.said(/begun/);
    running.signal(signal);
    expect(await running.exit).toMatchObject({ signal, stdout: 'begun\ntidied\n' });
    expect(existsSync(left)).toBe(false);
  });

  it('hears a signal that came while a tool ran', async () => {
    // Told by the tool, so that signals are heard by then.
    const running = doing(`const tool = ['-c', 'echo begun; sleep 2'];
      await tidying(() => void spawnSync('sh', tool, { stdio: 'inherit' }), remove);
      console.log('went on');`);
    await running.said(/begun/);
    running.signal('SIGTERM');
    expect(await running.exit).toMatchObject({ signal: 'SIGTERM', stdout: 'begun\ntidied\n' });
  });

  it('tidies up what stands in each other', async () => {
    const running = doing(`await tidying(
      () => tidying(() => { console.log('begun'); return sleep(60_000); }, () => console.log('inner')), remove);`);
    await running.said(/begun/);
    running.signal('SIGINT');
    const { signal, stdout } = await running.exit;
    expect(signal).toBe('SIGINT');
    expect(stdout.split('\n').sort()).toEqual(['', 'begun', 'inner', 'tidied']);
  });
});
