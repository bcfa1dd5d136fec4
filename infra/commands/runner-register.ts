// Brings a registration token from GitHub to the server's register-runner.sh.
//
// The token goes in by the session's terminal, once the script asks for it: as an argument it would stay in
// CloudTrail, in Session Manager's history and in the server's process list.

import { spawn } from 'node:child_process';
import type { Outputs } from '../stack/outputs.ts';
import { chooseRepository, inRegion, type StackPlace } from './stack-outputs.ts';
import { demand, run } from './tool.ts';
import { ToolError } from './tool-error.ts';

export interface Registration extends StackPlace {
  /** The repository, `OWNER/REPO`. @default - the stack's setting github */
  readonly repo?: string;
  /** Where GitHub is. */
  readonly github: string;
}

/**
 * Registers the server as the repository's runner.
 *
 * @param onOutput is given what the server says, as it comes
 * @throws ToolError where a tool is missing or fails, or the server does not say that it is registered
 */
export async function registerRunner(
  outputs: Outputs,
  registration: Registration,
  onOutput: (text: string) => void,
): Promise<void> {
  demand('session-manager-plugin');
  const repository = chooseRepository(outputs, registration.repo);
  const path = `repos/${repository}/actions/runners/registration-token`;
  const token = run('gh', ['api', '--method', 'POST', path, '--jq', '.token']).trim();
  const url = `${registration.github.replace(/\/$/, '')}/${repository}`;
  const said = await handOver(
    ['--target', outputs.InstanceId ?? '', ...inRegion(registration)],
    { url, token },
    onOutput,
  );
  // A session's exit code says nothing of the command's.
  if (!said.includes(`Registered with ${url};`)) {
    throw new ToolError('The runner was not registered; what the server said is above.');
  }
}

/** Runs register-runner.sh in a session, answers its one question, and gives all that it says. */
async function handOver(
  target: readonly string[],
  { url, token }: { readonly url: string; readonly token: string },
  onOutput: (text: string) => void,
): Promise<string> {
  const parameters = JSON.stringify({ command: [`sudo /opt/plumbline/host/register-runner.sh ${url}`] });
  const document = ['--document-name', 'AWS-StartInteractiveCommand', '--parameters', parameters];
  const session = spawn('aws', ['ssm', 'start-session', ...target, ...document], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let said = '';
  let asked = false;
  session.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    onOutput(text);
    // Only then is the terminal's echo off. The pipe stays open: the plugin ends the session with its input.
    if (!asked && said.includes('Registration token: ')) {
      asked = true;
      session.stdin.write(`${token}\n`);
    }
  });
  await new Promise<void>((resolve, reject) => {
    session.on('error', (cause) => reject(new ToolError('The AWS CLI could not be started.', { cause })));
    session.on('close', () => resolve());
  });
  return said;
}
