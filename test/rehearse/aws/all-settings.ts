// A bootstrapped account, and a stack with everything on that can be.

import { expectDeployer } from './expect-deployer.ts';
import { expectGitHubSetup } from './expect-github.ts';
import { expectObservability } from './expect-observability.ts';
import { expectRegistry } from './expect-registry.ts';
import { expectServer } from './expect-server.ts';
import { expectJobs, expectTraining, removeBucket } from './expect-training.ts';
import { takeInventory } from './inventory.ts';
import { deploy, deployAgain, destroy } from './lifecycle.ts';
import { type MotoAccount, type Setup, withAccount } from './moto-account.ts';
import { expectDocument } from './runners.ts';

const settings = [
  'github=acme@123/scores@456',
  'auth=both',
  'domain=scores.example.org',
  'email=ops@example.org',
  'instance=t4g.medium',
  'runner=none',
  'terminate=yes',
  'images=delete',
  'budget=25',
  'training=spark',
  'vcpus=16',
  'input=s3://lake/rows/',
];

type Look = (account: MotoAccount) => Promise<void>;

/** @param look is called while everything stands */
export function rehearseAllSettings(setup: Setup, look: Look): Promise<void> {
  return withAccount(setup, { settings }, (account) => rehearse(account, look));
}

async function rehearse(account: MotoAccount, look: Look): Promise<void> {
  const { checks, ask, cdk } = account;
  checks.step('An account that is bootstrapped: cdk bootstrap');
  const { status, output } = await cdk.run('bootstrap');
  checks.demand('cdk bootstrap ends well', status === 0, output.trim());
  const before = await takeInventory(ask);

  checks.step(`Everything on: cdk deploy -c ${settings.join(' -c ')}`);
  const outputs = await deploy(account);
  checks.equal('the service answers at its domain', outputs.Address, 'https://scores.example.org');
  const address = await ask('ec2 describe-addresses', 'Addresses[0].PublicIp');
  checks.equal('the outputs say what to tell the domain', outputs.DnsRecord, `scores.example.org. A ${address}`);

  checks.step('What stands');
  await expectRegistry(account, outputs);
  const keys = await expectDeployer(account, outputs, { trust, keys: true, terminate: true, runner: 'none' });
  await expectServer(account, outputs, {
    type: 't4g.medium',
    architecture: 'arm64',
    site: 'scores.example.org',
    runner: 'none',
  });
  await expectObservability(account, { email: 'ops@example.org', budget: 25 });

  await expectDocument(account, outputs);
  await expectTraining(account, outputs);

  checks.step('npm run train -- --on spark');
  await expectJobs(account, outputs);

  checks.step('npm run github:setup');
  await expectGitHubSetup(account, outputs, keys);

  checks.step('The same again');
  await deployAgain(account);
  await look(account);

  checks.step('cdk destroy');
  await destroy(account, before, [`bucket ${outputs.TrainingBucket}`], 'the bucket plumbline-training-');
  await removeBucket(account);
  for (const [name, value] of Object.entries(keys)) {
    checks.excludes(`the CDK never printed ${name}`, cdk.transcript(), value);
  }
}

const trust = {
  operator: 'StringEquals',
  subjects: ['acme/scores', 'acme@123/scores@456'].flatMap((name) => [
    `repo:${name}:ref:refs/heads/main`,
    `repo:${name}:environment:production`,
  ]),
} as const;
