// What a kind of runner adds to the account: a document of Systems Manager, or a function and a secret.

import type { Outputs } from '../../../infra/stack/outputs.ts';
import { deployDocument } from '../../../infra/stack/server/deploy-document.ts';
import { expectServer } from './expect-server.ts';
import { grants } from './grants.ts';
import { takeInventory } from './inventory.ts';
import { deploy, destroy } from './lifecycle.ts';
import { accountId, region } from './moto.ts';
import { type MotoAccount, type Setup, withAccount } from './moto-account.ts';

/** With runner=none, once it stands. */
export async function expectDocument({ checks, ask }: MotoAccount, { DeployTarget = '' }: Outputs): Promise<void> {
  const [kind, place, document, instance] = DeployTarget.split('/');
  checks.equal('deploys find the server by Systems Manager', [kind, place], ['systems-manager', region]);
  const [documents, content, instances] = await Promise.all([
    ask('ssm list-documents --filters Key=Owner,Values=Self', 'DocumentIdentifiers[].[Name, DocumentType]'),
    ask(`ssm get-document --name ${document}`, 'Content'),
    ask('ec2 describe-instances', 'Reservations[].Instances[].InstanceId'),
  ]);
  checks.equal('there is one document, for a command', documents, [[document, 'Command']]);
  checks.equal('it is that of infra/stack/server/', JSON.parse(String(content)), deployDocument);
  checks.equal('for the one instance', instances, [instance]);
}

/** A stack with runner=ephemeral, from deploy to destroy. */
export function rehearseOneJobRunner(setup: Setup): Promise<void> {
  return withAccount(setup, { settings: ['github=acme/scores', 'runner=ephemeral'] }, async (account) => {
    const { checks, ask } = account;
    const before = await takeInventory(ask);
    checks.step('A runner for each job: cdk deploy -c github=acme/scores -c runner=ephemeral');
    const outputs = await deploy(account);
    const secret = outputs.RunnerTokenArn;
    const [secrets, functions, role] = await Promise.all([
      ask('secretsmanager list-secrets', 'SecretList[].ARN'),
      ask('lambda list-functions', 'Functions[].[FunctionName, Runtime, Environment.Variables]'),
      ask('lambda get-function-configuration --function-name plumbline-runner', 'Role'),
    ]);
    checks.equal("there is one secret, for GitHub's token", secrets, [secret]);
    checks.equal('and one function, which knows it and the repository', functions, [
      ['plumbline-runner', 'nodejs24.x', { SECRET: secret, REPOSITORY: 'acme/scores' }],
    ]);
    const name = String(role).split('/').at(-1);
    const policies = (await ask(`iam list-role-policies --role-name ${name}`, 'PolicyNames')) as string[];
    const documents = await Promise.all(
      policies.map((policy) =>
        ask(`iam get-role-policy --role-name ${name} --policy-name ${policy}`, 'PolicyDocument'),
      ),
    );
    checks.equal('which may read that and nothing else', documents.flatMap(grants), [
      `Allow secretsmanager:GetSecretValue on ${secret}`,
    ]);
    checks.equal('of this account', String(role).includes(`:${accountId}:`), true);
    await expectServer(account, outputs, {
      type: 't3.medium',
      architecture: 'amd64',
      site: ':80',
      runner: 'ephemeral',
    });
    await destroy(account, before, ['image repository plumbline']);
  });
}
