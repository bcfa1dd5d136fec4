// npm run rehearse:aws: deploys the stack to moto, which plays AWS on this machine, and asks what came of it.

import { Command, Option } from 'commander';
import { rehearseAllSettings } from './aws/all-settings.ts';
import { Checks, StepFailed } from './aws/checks.ts';
import { rehearseEmptyAccount } from './aws/empty-account.ts';
import { rehearseFleet } from './aws/fleet.ts';
import type { MotoAccount } from './aws/moto-account.ts';
import { rehearseOneJobRunner } from './aws/runners.ts';
import { findTools, installTools, type Tools } from './aws/tools.ts';
import { hold } from './rehearsal.ts';

const command = new Command('npm run rehearse:aws --')
  .description(
    'Rehearses bootstrap, deploy, deploy again, diff and destroy of the stack against moto, which plays AWS on this ' +
      'machine. It needs no account and no credentials, and uses none. Where moto, the AWS CLI and cfn-lint are not ' +
      'installed, it installs them for itself, once, into ~/.cache/plumbline/rehearsal. Exits with 1 where a check ' +
      'fails, and with 2 where moto cannot be had.',
  )
  .addOption(
    new Option('--only <rehearsal>', 'one of them').choices(['empty-account', 'runner', 'fleet', 'everything']),
  )
  .option('--keep', 'leave the last stack standing for a look, until Ctrl+C', false)
  .addHelpText(
    'after',
    `
Examples:
  npm run rehearse:aws
  npm run rehearse:aws -- --only empty-account
  npm run rehearse:aws -- --only everything --keep`,
  )
  .parse();

const { only, keep } = command.opts<{ only?: string; keep: boolean }>();

await hold(new Checks(), async (rehearsal) => {
  const { report: checks, folder } = rehearsal;
  const tools = await haveTools();
  console.log(`AWS is played by moto ${tools.moto}, with ${tools.python}`);
  const setup = { checks, tools, folder };
  if (only === undefined || only === 'empty-account') await toItsEnd(checks, rehearseEmptyAccount(setup));
  if (only === undefined || only === 'runner') await toItsEnd(checks, rehearseOneJobRunner(setup));
  if (only === undefined || only === 'fleet') await toItsEnd(checks, rehearseFleet(setup));
  if (only === undefined || only === 'everything')
    await toItsEnd(
      checks,
      rehearseAllSettings(setup, async (account) => {
        if (keep) await rehearsal.stay(howToAsk(account));
      }),
    );
});

async function haveTools(): Promise<Tools> {
  const tools = await findTools();
  if (tools) return tools;
  console.log('Installing moto, the AWS CLI and cfn-lint for the rehearsal; this happens once …');
  return installTools();
}

/** Where one rehearsal ends early, the other may still tell something. */
async function toItsEnd(checks: Checks, rehearsal: Promise<void>): Promise<void> {
  try {
    await rehearsal;
  } catch (error) {
    if (!(error instanceof StepFailed)) checks.check('the rehearsal goes on', false, String(error));
  }
}

function howToAsk({ moto }: MotoAccount): string {
  const names = Object.entries(moto.environment).filter(([name]) => name.startsWith('AWS_'));
  const settings = names.map(([name, value]) => `  export ${name}='${value}'\n`).join('');
  return `The stack stands. To ask it something, in another shell:\n\n${settings}\n  aws cloudformation describe-stacks\n`;
}
