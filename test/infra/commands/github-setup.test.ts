import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { start } from '../../processes.ts';
import { temporaryFolder } from '../../temporary.ts';

const secretKey = 'wJalrXUtnFEMI/K7MDENG';

const outputs = {
  InstanceId: 'i-1',
  GitHubRepository: 'acme/scores',
  GitHubVariables: 'APP_URL=http://192.0.2.1 AWS_REGION=eu-west-1 AWS_ROLE_ARN=arn:aws:iam::1:role/r',
  GitHubSecrets: 'AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_REGION=eu-west-1',
  AccessKeysSecretArn: 'arn:aws:secretsmanager:eu-west-1:1:secret:keys',
};

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  answer('aws', 'cloudformation describe-stacks', {
    Stacks: [{ Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })) }],
  });
  answer('aws', 'secretsmanager get-secret-value', { AWS_ACCESS_KEY_ID: 'AKIA1', AWS_SECRET_ACCESS_KEY: secretKey });
  answer('gh', 'api repos/acme/scores/environments?per_page=100', { environments: [] });
  tool('aws');
  tool('gh');
});

/** A tool that writes down its arguments and standard input, and answers what was prepared for how they begin. */
function tool(name: string): void {
  const path = join(folder, name);
  writeFileSync(
    path,
    `#!/bin/bash
    echo "${name} $*" >>'${folder}/calls'
    { echo "${name} $*"; cat; echo; } >>'${folder}/inputs'
    for file in '${folder}/answers/${name}/'*; do
      if [[ "$*" == "$(head -n 1 "$file")"* ]]; then tail -n +2 "$file"; fi
    done\n`,
  );
  chmodSync(path, 0o755);
}

function answer(name: string, beginning: string, body: unknown): void {
  const answers = join(folder, 'answers', name);
  mkdirSync(answers, { recursive: true });
  const file = beginning.replaceAll(/\W/g, '-');
  writeFileSync(join(answers, file), `${beginning}\n${JSON.stringify(body)}\n`);
}

const read = (file: string) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '');
const changes = () =>
  read('calls')
    .split('\n')
    .filter((call) => / (?:set|PUT|POST) /.test(call));

const setup = (...args: string[]) =>
  start(['cli/plumbline.ts', 'github', 'setup', ...args], { PATH: `${folder}${delimiter}${process.env.PATH}` }).exit;

describe('npm run github:setup', () => {
  it('sets what the stack says, and restricts the environment production to main', async () => {
    const { code, stdout, stderr } = await setup('--yes');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const environment = 'repos/acme/scores/environments/production';
    expect(changes()).toEqual([
      'gh variable set APP_URL --repo acme/scores --body http://192.0.2.1',
      'gh variable set AWS_REGION --repo acme/scores --body eu-west-1',
      'gh variable set AWS_ROLE_ARN --repo acme/scores --body arn:aws:iam::1:role/r',
      'gh secret set AWS_ACCESS_KEY_ID --repo acme/scores',
      'gh secret set AWS_SECRET_ACCESS_KEY --repo acme/scores',
      'gh secret set AWS_REGION --repo acme/scores',
      `gh api --method PUT ${environment} --input -`,
      `gh api --method POST ${environment}/deployment-branch-policies -f name=main`,
    ]);
    expect(stdout).toContain('- set the secret AWS_SECRET_ACCESS_KEY from Secrets Manager (not shown)');
    expect(stdout).toContain('done: let main deploy');
  });

  it('gives a secret by standard input, and shows it nowhere', async () => {
    const { stdout, stderr } = await setup('--yes');
    expect(read('inputs')).toContain(`gh secret set AWS_SECRET_ACCESS_KEY --repo acme/scores\n${secretKey}\n`);
    expect(stdout + stderr + read('calls')).not.toContain(secretKey);
  });

  it('changes nothing without --yes where nobody can be asked', async () => {
    const { code, stdout, stderr } = await setup();
    expect(code).toBe(1);
    expect(stdout).toContain('- set the variable AWS_REGION to eu-west-1');
    expect(stderr).toMatch(/say --yes.*Nothing was changed/);
    expect(changes()).toEqual([]);
  });

  it('keeps the reviewers and the waiting time of an environment that takes every branch', async () => {
    answer('gh', 'api repos/acme/scores/environments?per_page=100', {
      environments: [
        {
          name: 'production',
          deployment_branch_policy: null,
          protection_rules: [
            { type: 'wait_timer', wait_timer: 5 },
            {
              type: 'required_reviewers',
              reviewers: [{ type: 'User', reviewer: { id: 7 } }],
              prevent_self_review: true,
            },
          ],
        },
      ],
    });
    expect((await setup('--yes')).code).toBe(0);
    const [, body = ''] = /environments\/production --input -\n(.*)/.exec(read('inputs')) ?? [];
    expect(JSON.parse(body)).toEqual({
      wait_timer: 5,
      prevent_self_review: true,
      reviewers: [{ type: 'User', id: 7 }],
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    });
  });

  it('leaves an environment alone that takes main only', async () => {
    answer('gh', 'api repos/acme/scores/environments?per_page=100', {
      environments: [{ name: 'production', deployment_branch_policy: { custom_branch_policies: true } }],
    });
    answer('gh', 'api repos/acme/scores/environments/production/deployment-branch-policies', {
      branch_policies: [{ name: 'main' }],
    });
    expect((await setup('--yes')).code).toBe(0);
    expect(changes().filter((call) => call.includes('api'))).toEqual([]);
  });

  it('warns of other branches that may deploy as well', async () => {
    answer('gh', 'api repos/acme/scores/environments?per_page=100', {
      environments: [{ name: 'production', deployment_branch_policy: { custom_branch_policies: true } }],
    });
    answer('gh', 'api repos/acme/scores/environments/production/deployment-branch-policies', {
      branch_policies: [{ name: 'main' }, { name: 'release/*' }],
    });
    expect((await setup('--yes')).stderr).toContain('release/* may deploy to production as well');
  });

  it('says what is missing: a tool, a stack, a repository', async () => {
    const nowhere = await start(['cli/plumbline.ts', 'github', 'setup'], { PATH: '/nowhere' }).exit;
    expect(nowhere.stderr).toMatch(/^Error: aws is not installed\. Install the AWS CLI: https/);
    expect(nowhere.code).toBe(1);
    answer('aws', 'cloudformation describe-stacks', {
      Stacks: [{ Outputs: [{ OutputKey: 'InstanceId', OutputValue: 'i' }] }],
    });
    expect((await setup()).stderr).toMatch(/knows no repository.*--repo OWNER\/REPO/);
    expect((await setup('--repo', 'nonsense')).stderr).toMatch(/should be OWNER\/REPO/);
  });
});
