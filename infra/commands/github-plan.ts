// What has to be set at GitHub so that its workflows can deploy: worked out first, shown, and then done.

import { z } from 'zod';
import type { Outputs } from '../stack/outputs.ts';
import { chooseRepository, inRegion, readOutputs, type StackPlace } from './stack-outputs.ts';
import { run } from './tool.ts';

/** One thing to do: what it is in words (never a secret's value), and how it is done. */
interface Action {
  readonly title: string;
  readonly perform: () => void;
}

interface Steps {
  readonly actions: readonly Action[];
  /** What a person should look at, since a command should not decide it. */
  readonly warnings: readonly string[];
}

/** Splits `NAME=value NAME=value …`; a name without a value has `undefined`. */
function assignments(text = ''): [name: string, value: string | undefined][] {
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part, undefined] : [part.slice(0, at), part.slice(at + 1)];
    });
}

/** What there is to do, and where. */
export interface Plan extends Steps {
  readonly repository: string;
}

/**
 * Every action that the outputs of a deployed stack ask for.
 *
 * @param named the repository @default the stack's
 * @throws ToolError where the AWS CLI or gh does not answer, or nothing says which repository
 */
export function planGitHub(place: StackPlace, named?: string): Plan {
  const outputs = readOutputs(place);
  const repository = chooseRepository(outputs, named);
  run('gh', ['auth', 'status']);
  const variables = assignments(outputs.GitHubVariables).map(([name, value = '']) => ({
    title: `set the variable ${name} to ${value}`,
    perform: () => {
      run('gh', ['variable', 'set', name, '--repo', repository, '--body', value]);
    },
  }));
  let stored: Record<string, string> | undefined;
  const secretOf = (name: string) => {
    stored ??= accessKeys(outputs, place);
    return stored[name] ?? '';
  };
  const secrets = assignments(outputs.GitHubSecrets).map(([name, value]) => ({
    title: `set the secret ${name}${value === undefined ? ' from Secrets Manager (not shown)' : ` to ${value}`}`,
    perform: () => {
      run('gh', ['secret', 'set', name, '--repo', repository], value ?? secretOf(name));
    },
  }));
  const { actions, warnings } = shieldProduction(repository);
  return { repository, actions: [...variables, ...secrets, ...actions], warnings };
}

function accessKeys(outputs: Outputs, place: StackPlace): Record<string, string> {
  const secret = outputs.AccessKeysSecretArn ?? '';
  const query = ['--query', 'SecretString', '--output', 'text', ...inRegion(place)];
  const text = run('aws', ['secretsmanager', 'get-secret-value', '--secret-id', secret, ...query]);
  return z.record(z.string(), z.string()).parse(JSON.parse(text));
}

const environmentForm = z.object({
  deployment_branch_policy: z.object({ custom_branch_policies: z.boolean() }).nullish(),
  protection_rules: z
    .array(
      z.object({
        wait_timer: z.number().optional(),
        prevent_self_review: z.boolean().optional(),
        reviewers: z.array(z.object({ type: z.string(), reviewer: z.object({ id: z.number() }) })).optional(),
      }),
    )
    .default([]),
});

const branchesForm = z.object({ branch_policies: z.array(z.object({ name: z.string() })) });

/**
 * The role trusts jobs of the environment `production`, so that must take main only: any branch could name it otherwise.
 * What is already set there (reviewers, a waiting time) stays.
 */
function shieldProduction(repository: string): Steps {
  const path = `repos/${repository}/environments/production`;
  const settings = `the settings of ${repository}, Environments`;
  const environments = z
    .object({ environments: z.array(environmentForm.extend({ name: z.string() })).default([]) })
    .parse(JSON.parse(run('gh', ['api', `repos/${repository}/environments?per_page=100`])));
  const present = environments.environments.find(({ name }) => name === 'production');
  const restricted = present?.deployment_branch_policy?.custom_branch_policies === true;
  const branches = restricted
    ? branchesForm.parse(JSON.parse(run('gh', ['api', `${path}/deployment-branch-policies`]))).branch_policies
    : [];
  const actions: Action[] = [];
  if (!restricted) {
    const rules = Object.assign({}, ...(present?.protection_rules ?? [])) as z.output<
      typeof environmentForm
    >['protection_rules'][0];
    const body = {
      ...(rules.wait_timer === undefined ? {} : { wait_timer: rules.wait_timer }),
      ...(rules.prevent_self_review === undefined ? {} : { prevent_self_review: rules.prevent_self_review }),
      ...(rules.reviewers
        ? { reviewers: rules.reviewers.map(({ type, reviewer }) => ({ type, id: reviewer.id })) }
        : {}),
      deployment_branch_policy: { protected_branches: false, custom_branch_policies: true },
    };
    actions.push({
      title: `${present ? 'restrict' : 'make'} the environment production, for chosen branches only`,
      perform: () => {
        run('gh', ['api', '--method', 'PUT', path, '--input', '-'], JSON.stringify(body));
      },
    });
  }
  if (!branches.some(({ name }) => name === 'main')) {
    actions.push({
      title: 'let main deploy to the environment production',
      perform: () => {
        run('gh', ['api', '--method', 'POST', `${path}/deployment-branch-policies`, '-f', 'name=main']);
      },
    });
  }
  const others = branches.map(({ name }) => name).filter((name) => name !== 'main');
  const warnings =
    others.length > 0 ? [`${others.join(', ')} may deploy to production as well; is that meant? See ${settings}.`] : [];
  return { actions, warnings };
}
