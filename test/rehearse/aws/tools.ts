// Finds the Python that has moto, the AWS CLI and cfn-lint; where there is none, makes one, outside the project.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Environment, type Outcome, plainEnvironment, run } from '../process.ts';
import { CannotRehearse } from '../report.ts';

export interface Tools {
  readonly python: string;
  /** The AWS CLI. */
  readonly aws: string;
  readonly 'cfn-lint': string;
  /** moto's version. */
  readonly moto: string;
}

/** The server, which also knows what it needs. */
export const motoServer = fileURLToPath(new URL('moto-server.py', import.meta.url));

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));

/** Python's own folder of what was installed for the rehearsal. Its name stays: such a folder cannot be moved. */
const installed = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plumbline', 'rehearsal');

/** Written last, so that an installation that was broken off has none; it says what was installed. */
const seal = () => join(installed(), 'installed.txt');

/** The tools as they are there already: on the PATH, or from an earlier installation. */
export async function findTools(): Promise<Tools | undefined> {
  const pythons = ['python3', 'python', ...(isSealed() ? [join(installed(), 'bin', 'python')] : [])];
  for (const python of pythons) {
    const { status, stdout } = await probe(python);
    if (status === 0) return JSON.parse(stdout) as Tools;
  }
  return undefined;
}

const probe = (python: string) => run(python, [motoServer, 'probe'], { env: plainEnvironment() });

function isSealed(): boolean {
  try {
    return readFileSync(seal(), 'utf8') === readFileSync(requirements, 'utf8');
  } catch {
    return false;
  }
}

/**
 * Installs the tools for the rehearsal alone.
 *
 * @throws CannotRehearse where that does not work here
 */
export async function installTools(): Promise<Tools> {
  const folder = installed();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const python = join(folder, 'bin', 'python');
  // pip may need what the caller has set (a proxy, an index of packages), and speaks to no AWS.
  const env = { ...(process.env as Environment), ...plainEnvironment() };
  const have = async (command: string, ...args: string[]) => {
    const outcome = await run(command, args, { env });
    if (outcome.status !== 0) throw new CannotRehearse(advice(`${command} ${args.join(' ')}`, outcome));
  };
  await have('python3', '-m', 'venv', folder);
  await have(python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements);
  const { status, stdout, output } = await probe(python);
  if (status !== 0) throw new CannotRehearse(`What was installed in ${folder} does not work:\n${output.trim()}`);
  writeFileSync(seal(), readFileSync(requirements));
  return JSON.parse(stdout) as Tools;
}

function advice(command: string, { status, output }: Outcome): string {
  return [
    `The rehearsal needs moto (5.1 or newer), the AWS CLI and cfn-lint in one Python, and could not install them.`,
    `This failed${status === null ? '' : ` with ${status}`}: ${command}`,
    ...output.trim().split('\n').slice(-5),
    '',
    'Install Python 3.10 or newer with venv and pip (on Debian and Ubuntu: apt-get install python3-venv) and run this',
    `again, or install them yourself: pip install ${pinned().join(' ')}`,
  ].join('\n');
}

const pinned = () =>
  readFileSync(requirements, 'utf8')
    .trim()
    .split('\n')
    .map((line) => `'${line}'`);
