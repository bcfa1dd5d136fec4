// An account in which nobody ever ran `cdk bootstrap`, with the one setting that is needed: which repository deploys.

import { expectDeployer } from './expect-deployer.ts';
import { expectObservability } from './expect-observability.ts';
import { expectRegistry } from './expect-registry.ts';
import { expectServer } from './expect-server.ts';
import { takeInventory } from './inventory.ts';
import { deploy, deployAgain, destroy } from './lifecycle.ts';
import { lintCombinations } from './lint.ts';
import { type MotoAccount, type Setup, withAccount } from './moto-account.ts';
import { expectSmallWhateverTheSettings } from './template-size.ts';
import { expectRefusal } from './wrong-settings.ts';

const settings = ['github=acme/scores'];

export function rehearseEmptyAccount(setup: Setup): Promise<void> {
  return withAccount(setup, { settings }, rehearse);
}

async function rehearse(account: MotoAccount): Promise<void> {
  const { checks, ask } = account;
  const before = await takeInventory(ask);
  checks.step('An account that was never bootstrapped: a wrong setting, -c github=nonsense');
  await expectRefusal(account, 'github=nonsense');
  checks.equal('nothing was made', await takeInventory(ask), before);

  checks.step('The longest settings, and every combination');
  await expectSmallWhateverTheSettings(account);
  await lintCombinations(account);

  checks.step(`cdk deploy -c ${settings}`);
  const outputs = await deploy(account);
  checks.equal('the service answers at its address', outputs.Address?.replace(/[\d.]+$/, 'IP'), 'http://IP');

  checks.step('What stands');
  await expectRegistry(account, outputs);
  await expectDeployer(account, outputs, { trust, keys: false, terminate: false, runner: 'self-hosted' });
  await expectServer(account, outputs, {
    type: 't3.medium',
    architecture: 'amd64',
    site: ':80',
    runner: 'self-hosted',
  });
  await expectObservability(account, { budget: 60 });

  checks.step('The same again');
  await deployAgain(account);

  checks.step('cdk destroy');
  await destroy(account, before, ['image repository plumbline']);
}

/** Without the numbers that GitHub gives an owner and a repository, any will do. */
const trust = {
  operator: 'StringLike',
  subjects: ['acme/scores', 'acme@*/scores@*'].flatMap((name) => [
    `repo:${name}:ref:refs/heads/main`,
    `repo:${name}:environment:production`,
  ]),
} as const;
