// The commands of a stack's life, and what each promises whatever the settings are.

import type { Outputs } from '../../../infra/stack/outputs.ts';
import { stackName } from './cdk.ts';
import { kindsOfThings, takeInventory } from './inventory.ts';
import { lint } from './lint.ts';
import type { MotoAccount } from './moto-account.ts';
import notRehearsed from './not-rehearsed.json' with { type: 'json' };
import { expectSmall } from './template-size.ts';

const deployArguments = ['--method=direct', '--require-approval', 'never'];

/** Deploys; every resource of the template has to stand. Gives the outputs of the stack. */
export async function deploy(account: MotoAccount): Promise<Outputs> {
  const { checks, cdk, ask } = account;
  const { status, output } = await cdk.run('deploy', ...deployArguments);
  checks.demand('cdk deploy ends well', status === 0, output.trim());
  const wanted = Object.entries(cdk.template().Resources).map(([id, { Type }]) => `${id} (${Type})`);
  const about = `--stack-name ${stackName}`;
  const standing = await ask(
    `cloudformation list-stack-resources ${about}`,
    "StackResourceSummaries[].join('', [LogicalResourceId, ' (', ResourceType, ')'])",
  );
  const missing = wanted.filter((resource) => !(standing as string[]).includes(resource));
  checks.demand(`all ${wanted.length} resources of the template stand`, missing.length === 0, missing.join('\n'));
  for (const [type, reason] of Object.entries(notRehearsed)) {
    const present = Object.values(cdk.template().Resources).some(({ Type }) => Type === type);
    if (present) checks.note(`not rehearsed: ${type} (${reason})`);
  }
  const sent = await ask(`cloudformation get-template ${about}`, 'TemplateBody');
  expectSmall(account, 'the template needs no bucket', typeof sent === 'string' ? sent : JSON.stringify(sent));
  await lint(account);
  const outputs = await ask(`cloudformation describe-stacks ${about}`, 'Stacks[0].Outputs[].[OutputKey, OutputValue]');
  return Object.fromEntries((outputs ?? []) as [string, string][]);
}

/** Deploying what stands already, and comparing with it, finds nothing to do. */
export async function deployAgain({ checks, cdk }: MotoAccount): Promise<void> {
  const { status, output } = await cdk.run('deploy', ...deployArguments);
  checks.demand('cdk deploy ends well again', status === 0, output.trim());
  checks.includes('and says that nothing changed', output, `${stackName} (no changes)`);
  const diff = await cdk.run('diff', '--method=template', '--fail');
  checks.check('cdk diff finds no difference', diff.status === 0, diff.output.trim());
}

/**
 * Destroys; nothing else may stay than what is named, and the command has to say so.
 *
 * @param before the inventory before the deploy
 * @param left what stays on purpose, as the inventory names it
 * @param said how the command names that @default as the inventory does
 */
export async function destroy(
  account: MotoAccount,
  before: readonly string[],
  left: readonly string[],
  said = left[0] ?? 'leaves: nothing',
): Promise<void> {
  const { checks, cdk, ask } = account;
  const { status, output } = await cdk.run('destroy', '--force');
  checks.demand('cdk destroy ends well', status === 0, output.trim());
  checks.includes('and says what it leaves', output, said);
  const after = await takeInventory(ask);
  checks.equal(
    `of ${kindsOfThings} kinds of things, this is left: ${left.join(', ') || 'nothing'}`,
    after.filter((thing) => !before.includes(thing)),
    left,
  );
  const gone = before.filter((thing) => !after.includes(thing));
  checks.equal('and what was there before is there still', gone, []);
}
