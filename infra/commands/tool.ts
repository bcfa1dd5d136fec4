// Runs the tools that people have for GitHub, AWS and images, with the login that they already gave them.

import { spawnSync } from 'node:child_process';
import { ToolError } from './tool-error.ts';

const remedies = {
  docker: 'Install Docker (https://docs.docker.com/engine/install), or on Debian: apt-get install docker.io',
  git: 'Install git: https://git-scm.com',
  npm: 'It comes with Node: https://nodejs.org',
  python3: 'Install Python with pip: https://www.python.org, or on Debian apt-get install python3-pip',
  tar: 'It comes with every Linux and macOS; on Debian: apt-get install tar',
  aws: 'Install the AWS CLI: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html',
  gh: 'Install the GitHub CLI (https://cli.github.com), then: gh auth login',
  'session-manager-plugin':
    'Install the Session Manager plugin: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html',
} as const;

export type Tool = keyof typeof remedies;

/**
 * Runs a tool and gives what it printed.
 *
 * @param input goes to its standard input: the way for what is secret, since anyone can read arguments
 * @throws ToolError where it is not installed or fails
 */
export function run(tool: Tool, args: readonly string[], input = ''): string {
  // A tool that ends without reading what is piped to it would count as one that cannot be run.
  const stdin = input === '' ? {} : { input };
  // However much it says: Node would end it after a megabyte.
  const { error, status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: Infinity, ...stdin });
  if (error) throw notRun(tool, error);
  if (status !== 0)
    throw new ToolError(`${tool} ${args.slice(0, 3).join(' ')} … failed:\n${(stderr || stdout).trim()}`);
  return stdout;
}

/**
 * Runs a tool that is slow or has much to say: what it prints goes to standard error as it comes.
 *
 * @throws ToolError where it is not installed or fails
 */
export function show(tool: Tool, args: readonly string[]): void {
  const { error, status } = spawnSync(tool, args, { stdio: ['ignore', 2, 2] });
  if (error) throw notRun(tool, error);
  if (status !== 0) throw new ToolError(`${tool} ${args[0]} failed; what it said is above.`);
}

/** @throws ToolError where the tool is not installed */
export function demand(tool: Tool): void {
  const { error } = spawnSync(tool, ['--version'], { stdio: 'ignore' });
  if (error) throw notRun(tool, error);
}

function notRun(tool: Tool, cause: NodeJS.ErrnoException): ToolError {
  const isMissing = cause.code === 'ENOENT';
  return new ToolError(
    isMissing ? `${tool} is not installed. ${remedies[tool]}` : `${tool} cannot be run: ${cause.message}`,
    { cause },
  );
}
