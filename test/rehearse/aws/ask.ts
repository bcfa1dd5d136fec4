// Asks moto by the AWS CLI, as a person would: what is there, and not what was asked for.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { atExit, root } from '../process.ts';
import type { Moto } from './moto.ts';
import type { Tools } from './tools.ts';

/**
 * Runs a command of the AWS CLI (`ec2 describe-vpcs`) and gives its answer.
 *
 * @param query what of the answer is wanted, in JMESPath
 */
export type Ask = (command: string, query?: string) => Promise<unknown>;

interface Answer {
  readonly status: number;
  readonly said: string;
  readonly complained: string;
}

const nobody: Answer = { status: -1, said: '', complained: 'the AWS CLI has ended' };

const script = fileURLToPath(new URL('ask.py', import.meta.url));

/** Starts the AWS CLI, which answers one question after the other. */
export function askMoto(moto: Moto, tools: Tools): { readonly ask: Ask; readonly stop: () => void } {
  const child = spawn(tools.python, [script], { cwd: root, env: moto.environment, stdio: ['pipe', 'pipe', 'inherit'] });
  const { cancel } = atExit(() => child.kill());
  const waiting: ((answer: Answer) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(JSON.parse(line) as Answer));
  let ended = false;
  const end = () => {
    ended = true;
    for (const resolve of waiting) resolve(nobody);
  };
  child.on('close', end).on('error', end);
  child.stdin.on('error', () => {});
  const ask: Ask = async (command, query = '@') => {
    const { status, said, complained } = await new Promise<Answer>((resolve) => {
      if (ended) return resolve(nobody);
      waiting.push(resolve);
      child.stdin.write(`${JSON.stringify([...command.split(' '), '--output', 'json', '--query', query])}\n`);
    });
    if (status !== 0) throw new Error(`aws ${command} failed: ${complained.trim()}`);
    return said.trim() === '' ? null : JSON.parse(said);
  };
  const stop = () => {
    cancel();
    child.kill();
  };
  return { ask, stop };
}
