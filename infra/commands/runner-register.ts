// npm run runner:register: brings a registration token from GitHub to the server's register-runner.sh.
//
// The token goes in by the session's terminal, once the script asks for it: as an argument it would stay in
// CloudTrail, in Session Manager's history and in the server's process list.

import { spawn } from 'node:child_process';
import { Command } from 'commander';
import { chooseRepository, inRegion, readOutputs } from './stack-outputs.ts';
import { demand, run, runCommand, ToolError } from './tool.ts';

const command = new Command('npm run runner:register --')
  .description(
    'Registers the server as a self-hosted runner of the repository: asks GitHub for a registration token (an hour\n' +
      'long) and hands it over through Session Manager. Needs the AWS CLI with its Session Manager plugin, and the\n' +
      'GitHub CLI (gh), logged in as an administrator of the repository. Run it again to register anew.',
  )
  .option('--stack <name>', 'the deployed stack', 'plumbline')
  .option('--region <region>', "the stack's region (default: the AWS CLI's)")
  .option('--repo <owner/repo>', "the repository (default: the stack's setting github)")
  .option('--github <url>', 'where GitHub is, for an Enterprise Server', 'https://github.com')
  .addHelpText(
    'after',
    '\nBy hand, without gh: open a session (aws ssm start-session --target INSTANCE), and there\n' +
      '  sudo /opt/plumbline/host/register-runner.sh https://github.com/OWNER/REPO',
  )
  .parse();

const options = command.opts<{ stack: string; region?: string; repo?: string; github: string }>();

await runCommand(async () => {
  demand('session-manager-plugin');
  const outputs = readOutputs(options);
  const repository = chooseRepository(outputs, options.repo);
  const path = `repos/${repository}/actions/runners/registration-token`;
  const token = run('gh', ['api', '--method', 'POST', path, '--jq', '.token']).trim();
  await handOver(`${options.github.replace(/\/$/, '')}/${repository}`, outputs.InstanceId ?? '', token);
});

/** Runs register-runner.sh in a session, answers its one question, and shows what else it says. */
async function handOver(url: string, instanceId: string, token: string): Promise<void> {
  const parameters = JSON.stringify({ command: [`sudo /opt/plumbline/host/register-runner.sh ${url}`] });
  const document = ['--document-name', 'AWS-StartInteractiveCommand', '--parameters', parameters];
  const args = ['ssm', 'start-session', '--target', instanceId, ...document, ...inRegion(options)];
  const session = spawn('aws', args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  let asked = false;
  session.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    process.stdout.write(text);
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
  // A session's exit code says nothing of the command's.
  if (!said.includes(`Registered with ${url};`)) {
    throw new ToolError('The runner was not registered; what the server said is above.');
  }
}
