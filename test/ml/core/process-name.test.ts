import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { isRunning, processName, stateOf } from '../../../ml/core/process-name.ts';

test('a process runs until it ends; a later one with its number is another', () => {
  const name = processName();
  expect(stateOf(name)).toBe('running');
  if (process.platform === 'linux') expect(stateOf(name.replace(/\d+$/, '1'))).toBe('ended');
  expect(stateOf(name.replace(/^\w+/, '00000000'))).toBe('unknown');
});

test.runIf(process.platform === 'linux')('one whose parent never asks for its exit code has ended', async () => {
  // The shell becomes a program that knows nothing of its child.
  const parent = spawn('sh', ['-c', 'sleep .1 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const pid = Number((await parent.stdout.take(1).toArray()).join(''));
  await expect.poll(() => isRunning(pid), { timeout: 10_000 }).toBe(false);
  expect(existsSync(`/proc/${pid}`)).toBe(true);
});
