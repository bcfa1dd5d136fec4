// Where the images wait: no tag changes its meaning, and enough of them are kept for a way back.

import type { Outputs } from '../../../infra/stack/outputs.ts';
import { stackName } from './cdk.ts';
import { accountId, region } from './moto.ts';
import type { MotoAccount } from './moto-account.ts';

export async function expectRegistry({ checks, ask }: MotoAccount, outputs: Outputs): Promise<void> {
  const [repository, lifecycle] = await Promise.all([
    ask(
      `ecr describe-repositories --repository-names ${stackName}`,
      'repositories[0].[repositoryUri, imageTagMutability, imageScanningConfiguration.scanOnPush]',
    ),
    ask(`ecr get-lifecycle-policy --repository-name ${stackName}`, 'lifecyclePolicyText'),
  ]);
  const uri = `${accountId}.dkr.ecr.${region}.amazonaws.com/${stackName}`;
  checks.equal('the repository keeps tags as they are, and scans what is pushed', repository, [uri, 'IMMUTABLE', true]);
  checks.equal('the outputs say where it is', outputs.RepositoryUri, uri);
  const { rules } = JSON.parse(String(lifecycle)) as { rules: { selection: unknown; action: unknown }[] };
  checks.equal(
    'untagged images go after a day, and of all others the last twenty stay',
    rules.map(({ selection, action }) => ({ selection, action })),
    [
      {
        selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countNumber: 1, countUnit: 'days' },
        action: { type: 'expire' },
      },
      { selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 20 }, action: { type: 'expire' } },
    ],
  );
}
