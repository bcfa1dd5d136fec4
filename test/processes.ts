import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What a command is about that says nothing else: never the data set that ships. */
const fixture = 'test/fixtures/students';

interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Running {
  readonly exit: Promise<Outcome>;
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Resolves once standard output or standard error matches; rejects if the process ends without. */
  readonly said: (pattern: RegExp) => Promise<RegExpExecArray>;
}

type Environment = Readonly<Record<string, string>>;

/** Has something done when what a process is for is over. */
type AtEnd = (end: () => void) => void;

/** Starts Node 24 in the project's folder, as the npm scripts do; it does not outlive the test, or what `atEnd` stands for. */
export function start(args: readonly string[], environment: Environment = {}, atEnd: AtEnd = onTestFinished): Running {
  return startCommand(process.execPath, args, environment, atEnd);
}

/** Starts a command in the project's folder; it does not outlive the test, or what `atEnd` stands for. */
export function startCommand(
  command: string,
  args: readonly string[],
  environment: Environment = {},
  atEnd: AtEnd = onTestFinished,
): Running {
  const env = {
    ...process.env,
    // Where the command line keeps its own: tests start the same code hundreds of times.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile'),
    DATASET: fixture,
    ARTIFACTS: '',
    PORT: '',
    DRAIN_SECONDS: '',
    FINISH_SECONDS: '',
    STANDBY_SECONDS: '',
    ...environment,
  };
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const exit = new Promise<Outcome>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  atEnd(() => {
    child.kill('SIGKILL');
  });
  const said = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(stdout) ?? pattern.exec(stderr);
        if (match) resolve(match);
      };
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
      child.on('close', () => reject(new Error(`ended without saying ${pattern}:\n${stdout}${stderr}`)));
      look();
    });
  return { exit, signal: (signal) => child.kill(signal), said };
}
