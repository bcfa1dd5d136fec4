// A page, followed from its first command to its last.

import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { commandsOf } from './commands.ts';
import { type Block, blocksOf } from './markdown.ts';
import type { World } from './world.ts';

/** The port at which pages ask for metrics. */
const METRICS = '9090';

/** What a page promises that a command answers. */
export interface Answer {
  readonly line: number;
  readonly promised: unknown;
  readonly given: unknown;
}

const isRun = ({ language, mark }: Block) => language === 'sh' && mark === undefined;

export const hasCommands = (document: string) => blocksOf(document).some(isRun);

/**
 * Runs the commands of a page in a new clone, and writes its files as the page comes to them.
 *
 * @returns what commands answered where a block of JSON behind them says what they answer
 * @throws Error naming the line of the command that failed, with what it said
 */
export async function follow(world: World, document: string): Promise<Answer[]> {
  world.renew();
  const folder = join(world.folder, 'page');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const [port, metricsPort] = [await freePort(), await freePort()];

  const script = ['. test/documents/reader.sh'];
  const promises: { line: number; promised: unknown; output: string }[] = [];
  let output = '';
  for (const block of blocksOf(document)) {
    if (isRun(block)) {
      for (const { line, text } of commandsOf(block)) {
        output = join(folder, `output-${line}`);
        // The server has two: for those who ask, and for those who watch it.
        const command = text.replaceAll(
          /(localhost:|PORT=)(\d+)/g,
          (_, before, asked) => `${before}${asked === METRICS ? metricsPort : port}`,
        );
        script.push(`at ${line}`, '{', command, `} >'${output}'`);
      }
    } else if (block.file !== undefined && !block.file.startsWith('~')) {
      const source = join(folder, `block-${block.line}`);
      writeFileSync(source, `${block.text}\n`);
      script.push(`at ${block.line}`, `cp '${source}' '${block.file}'`);
      if (block.language === 'ts') script.push(`check_types '${block.file}'`);
    } else if (block.language === 'json') {
      promises.push({ line: block.line, promised: JSON.parse(block.text), output });
    }
  }

  const { code, stderr } = await run(script.join('\n'), world, { PORT: String(port) });
  if (code !== 0) {
    const said = stderr.split(/^@(\d+)$/m);
    const line = said.at(-2);
    throw new Error(
      `${document}:${line}: exited with ${code}\n${printedAt(join(folder, `output-${line}`))}${said.at(-1)}`,
    );
  }
  return promises.map(({ line, promised, output }) => ({
    line,
    promised,
    given: JSON.parse(readFileSync(output, 'utf8')),
  }));
}

function printedAt(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function run(script: string, world: World, more: Record<string, string>) {
  // A group of its own, so that nothing of it outlives the test.
  const child = spawn('bash', ['-c', script], {
    cwd: world.clone,
    env: { ...world.environment(), ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  onTestFinished(() => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, stderr }));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
