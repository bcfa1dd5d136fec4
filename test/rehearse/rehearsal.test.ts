import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { start } from '../processes.ts';

/** A rehearsal that does this, with `rehearsal` at hand; what it has to end says so. */
const rehearse = (body: string) =>
  start([
    '--input-type=module',
    '--eval',
    `import { hold } from './test/rehearse/rehearsal.ts';
     import { CannotRehearse, Report } from './test/rehearse/report.ts';
     await hold(new Report(), async (rehearsal) => {
       console.log('folder', rehearsal.folder);
       rehearsal.atEnd(() => console.log('ended first to last'));
       rehearsal.atEnd(async () => { await null; console.log('ended last to first'); });
       ${body}
     });`,
  ]);

const folderOf = (stdout: string) => /^folder (.*)$/m.exec(stdout)?.[1] ?? '';
const wasEnded = /ended last to first\nended first to last\n/;

describe('a rehearsal', () => {
  test.each([
    ['whose checks pass', "rehearsal.report.check('it', true);", 0, ''],
    ['with a check that fails', "rehearsal.report.check('it', false);", 1, ''],
    ['that cannot be held here', "throw new CannotRehearse('No engine.');", 2, 'No engine.\n'],
  ])('%s says so by its exit code, and leaves nothing behind', async (_, body, exitCode, complaint) => {
    const { code, stdout, stderr } = await rehearse(body).exit;
    expect({ code, stderr }).toEqual({ code: exitCode, stderr: complaint });
    expect(stdout).toMatch(wasEnded);
    expect(existsSync(folderOf(stdout))).toBe(false);
  });

  test('that breaks is a bug, with its stack, and leaves nothing behind', async () => {
    const { code, stdout, stderr } = await rehearse("throw new Error('broken');").exit;
    expect(code).toBe(1);
    expect(stderr).toMatch(/Error: broken\n\s+at /);
    expect(stdout).toMatch(wasEnded);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('that %s interrupts leaves nothing behind', async (signal) => {
    const running = rehearse("setInterval(() => {}, 1000); console.log('at work'); await new Promise(() => {});");
    await running.said(/at work/);
    running.signal(signal);
    const { code, stdout } = await running.exit;
    expect(code).toBe(130);
    expect(stdout).toMatch(wasEnded);
    expect(existsSync(folderOf(stdout))).toBe(false);
  });

  test('ends what it has started before it removes what that uses', async () => {
    const running = rehearse(`
      const { run } = await import('./test/rehearse/process.ts');
      let ended;
      const started = new Promise((resolve) => {
        ended = run('sh', ['-c', 'echo started; sleep 100'], { onLine: resolve })
          .then(({ status }) => console.log('killed', status));
      });
      rehearsal.atEnd(() => ended);
      await started;
      console.log('at work');
      await new Promise(() => {});`);
    await running.said(/at work/);
    running.signal('SIGTERM');
    expect((await running.exit).stdout).toMatch(/killed null\n.*ended last to first/s);
  });

  test('that stays for a look has said how it went, and ends when it is asked to', async () => {
    const running = rehearse("rehearsal.report.check('it', false); await rehearsal.stay('Look here.');");
    await running.said(/1 of 1 checks failed.*Look here\./s);
    running.signal('SIGINT');
    const { code, stdout } = await running.exit;
    expect(code).toBe(1);
    expect(stdout).toMatch(wasEnded);
  });
});
