// `npm run github:setup` brings to GitHub what the stack says, and the secrets by no way on which anyone could read them.

import type { Outputs } from '../../../infra/stack/outputs.ts';
import type { Call } from './gh-calls.ts';
import { doubledGitHub } from './github-setup.ts';
import { region } from './moto.ts';
import type { MotoAccount } from './moto-account.ts';

const repository = 'acme/scores';
const environment = `repos/${repository}/environments/production`;

/** @param keys the user's access key, by the names under which GitHub should get it */
export async function expectGitHubSetup(
  { checks, moto, folder }: MotoAccount,
  outputs: Outputs,
  keys: Readonly<Record<string, string>>,
): Promise<void> {
  const setUp = doubledGitHub(moto, folder, 'plumbline');
  const { status, output, calls } = await setUp();
  checks.demand('it ends well', status === 0, output.trim());
  const variables = calls.filter(({ args }) => args[0] === 'variable');
  const places = { AWS_REGION: region, ECR_REPOSITORY: outputs.RepositoryUri ?? '' };
  checks.equal(
    'the variables arrive',
    variables.map(({ args }) => args.join(' ')).sort(),
    Object.entries({
      ...places,
      APP_URL: 'https://scores.example.org',
      // A t4g's.
      RUNNER: 'ubuntu-24.04-arm',
      DEPLOY_TARGET: outputs.DeployTarget,
      AWS_ROLE_ARN: outputs.DeployRoleArn,
    })
      .map(([name, value]) => `variable set ${name} --repo ${repository} --body ${value}`)
      .sort(),
  );
  const secrets = calls.filter(({ args }) => args[0] === 'secret');
  checks.equal(
    'the secrets arrive, by standard input',
    secrets.map(({ args, input }) => [...args, input].join(' ')).sort(),
    Object.entries({ ...places, ...keys })
      .map(([name, value]) => `secret set ${name} --repo ${repository} ${value}`)
      .sort(),
  );
  const readable = [output, ...calls.flatMap(({ args }) => args)].join('\n');
  for (const [name, value] of Object.entries(keys)) {
    checks.excludes(`${name} stands in no argument and in no output`, readable, value);
  }
  const changes = (of: readonly Call[]) =>
    of
      .filter(({ args }) => args[1] === '--method')
      .map(({ args, input }) => [args.slice(2), input && JSON.parse(input)]);
  checks.equal('the environment production takes main only', changes(calls), [
    [
      ['PUT', environment, '--input', '-'],
      { deployment_branch_policy: { protected_branches: false, custom_branch_policies: true } },
    ],
    [['POST', `${environment}/deployment-branch-policies`, '-f', 'name=main'], ''],
  ]);
  const again = await setUp();
  checks.equal('a second time it is left as it is', [again.status, changes(again.calls)], [0, []]);
}
