import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from '../../bench/command.ts';
import { isRunning } from '../../ml/core/process-name.ts';
import { temporaryFolder } from '../temporary.ts';

const node = (script: string, options = {}) => runCommand(process.execPath, ['--eval', script], options);

describe('a command that is measured', () => {
  test('is given a line of JSON and a folder, and tells what it printed, its code and its time', async () => {
    const folder = temporaryFolder();
    const script = `
      process.stdin.on('data', (line) => {
        console.log(JSON.parse(line).word, process.cwd());
        console.error('so long');
        process.exitCode = 3;
      })`;
    const ended = await node(script, { input: { word: 'hello' }, cwd: folder });
    expect(ended).toMatchObject({ code: 3, stdout: `hello ${folder}\n`, stderr: 'so long\n', isLate: false });
    expect(ended.seconds).toBeGreaterThan(0);
  });

  test('is ended with its children once it is late', async () => {
    const file = join(temporaryFolder(), 'pid');
    const script = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      require('node:fs').writeFileSync(${JSON.stringify(file)}, String(child.pid));
      setInterval(() => {}, 1000)`;
    const ended = await node(script, { mostSeconds: 5 });
    expect(ended).toMatchObject({ code: null, isLate: true });
    expect(existsSync(file)).toBe(true);
    const pid = Number(readFileSync(file, 'utf8'));
    // A killed process takes a moment to end.
    await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  });

  test('that is not there is told', async () => {
    expect(await runCommand('/nowhere/python', [])).toMatchObject({ stderr: expect.stringContaining('ENOENT') });
  });

  test.runIf(process.platform === 'linux')('has the memory of its children at its peak', async () => {
    const fill = (megabytes: number) => `const filled = Buffer.alloc(${megabytes} << 20, 1);`;
    const child = `${fill(200)} setTimeout(() => filled.length, 1500)`;
    const script = `
      ${fill(100)}
      const { execFileSync } = require('node:child_process');
      execFileSync(process.execPath, ['--eval', ${JSON.stringify(child)}]);
      filled.length`;
    const { megabytes } = await node(script);
    expect(megabytes).toBeGreaterThan(300);
    expect(megabytes).toBeLessThan(600);
  });
});
