// The stack's settings, from `-c name=value` or from the environment (PLUMBLINE_NAME), checked before anything
// is synthesised: a wrong one is a line of text, not a rollback ten minutes later.

import { z } from 'zod';
import { fleetOf, fleetProblems, fleetSettings } from './fleet/fleet-settings.ts';
import { trainingInput } from './training-input.ts';

/** A repository on GitHub. The two numbers are known only where `github` names them. */
export interface GitHubRepository {
  readonly owner: string;
  readonly name: string;
  readonly ids: { readonly owner: string; readonly name: string } | undefined;
}

const repositoryForm = /^([A-Za-z0-9][A-Za-z0-9-]*)(?:@(\d+))?\/([A-Za-z0-9._-]+)(?:@(\d+))?$/;

const repository = z.string().transform((text, context): GitHubRepository => {
  const [, owner, ownerId, name, nameId] = repositoryForm.exec(text) ?? [];
  if (owner === undefined || name === undefined || (ownerId === undefined) !== (nameId === undefined)) {
    context.issues.push({ code: 'custom', input: text, message: 'owner/repo, or owner@ID/repo@ID' });
    return z.NEVER;
  }
  const ids = ownerId !== undefined && nameId !== undefined ? { owner: ownerId, name: nameId } : undefined;
  return { owner, name, ids };
});

/** The families that are offered, by architecture, with the sizes that each has. All have at least 2 GiB of memory. */
const instanceSizes: Readonly<Record<string, readonly string[]>> = {
  t3: ['small', 'medium', 'large', 'xlarge', '2xlarge'],
  t3a: ['small', 'medium', 'large', 'xlarge', '2xlarge'],
  t4g: ['small', 'medium', 'large', 'xlarge', '2xlarge'],
  m7i: ['large', 'xlarge', '2xlarge'],
  m7g: ['medium', 'large', 'xlarge', '2xlarge'],
  c7i: ['large', 'xlarge', '2xlarge'],
  c7g: ['medium', 'large', 'xlarge', '2xlarge'],
};

const instance = z
  .string()
  .refine((type) => {
    const [family = '', size = ''] = type.split('.');
    return Object.hasOwn(instanceSizes, family) && instanceSizes[family]?.includes(size);
  }, 't3.medium, t4g.medium, or another small to 2xlarge of t3, t3a, t4g, m7i, m7g, c7i, c7g')
  .default('t3.medium');

const yesOrNo = z.enum(['yes', 'no'], 'yes or no').default('no');

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';

const schema = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'lower-case letters, digits and single dashes')
      .max(24, 'at most 24 characters')
      .default('plumbline')
      .describe('what the stack and everything in it is called; another name is another service'),
    github: repository.optional().describe('the repository that deploys, OWNER/REPO as GitHub spells it'),
    auth: z
      .enum(['oidc', 'keys', 'both'], 'oidc, keys or both')
      .optional()
      .describe('how GitHub proves who it is: oidc (default with github), keys, both'),
    provider: z
      .enum(['create', 'existing'], 'create or existing')
      .default('create')
      .describe("GitHub's OIDC provider: create, or existing where this account has it already"),
    size: z
      .enum(['server', 'fleet'], 'server or fleet')
      .default('server')
      .describe('what runs the app: server, or fleet'),
    ...fleetSettings,
    terminate: yesOrNo.describe('whether the deployer may terminate the instance: yes or no'),
    images: z
      .enum(['keep', 'delete'], 'keep or delete')
      .default('keep')
      .describe('what cdk destroy does with the images: keep or delete'),
    training: z
      .enum(['none', 'spark'], 'none or spark')
      .default('none')
      .describe('where trainings run that no machine holds: none, or spark (EMR Serverless)'),
    vcpus: z.coerce
      .number('a number of processors from 8 to 4000')
      .int('a number of processors from 8 to 4000')
      .min(8, 'at least 8')
      .max(4000, 'at most 4000')
      .default(64)
      .describe('the most processors that trainings on spark may take at a time'),
    input: trainingInput
      .optional()
      .describe("where rows lie that trainings on spark read, in a bucket of one's own: s3://BUCKET/PREFIX/"),
    domain: z
      .string()
      .regex(new RegExp(`^(?:${label}\\.)+[a-z]{2,63}$`), 'a domain name, such as scores.example.org')
      .max(100, 'at most 100 characters')
      .optional()
      .describe('the name that people use; brings HTTPS'),
    email: z
      .email('an e-mail address')
      .max(100, 'at most 100 characters')
      .optional()
      .describe('where alarms and budget warnings go'),
    instance: instance.describe('the EC2 instance type'),
    runner: z
      .enum(['self-hosted', 'ephemeral', 'none'], 'self-hosted, ephemeral or none')
      .default('self-hosted')
      .describe("GitHub's runner on the server: self-hosted, ephemeral (registered anew for each job) or none"),
    budget: z.coerce
      .number('an amount in US dollars a month, or 0 for none')
      .nonnegative('an amount in US dollars a month, or 0 for none')
      .max(1_000_000, 'at most 1000000')
      .default(60)
      .describe("the account's monthly budget in US dollars; 0 for none"),
  })
  .superRefine((settings, context) => {
    if (!settings.github && (settings.auth === 'oidc' || settings.auth === 'both')) {
      context.addIssue({
        code: 'custom',
        path: ['github'],
        message: `auth=${settings.auth} needs to know the repository: -c github=OWNER/REPO`,
      });
    }
    if (!settings.github && settings.runner === 'ephemeral') {
      context.addIssue({
        code: 'custom',
        path: ['github'],
        message: 'runner=ephemeral needs to know the repository: -c github=OWNER/REPO',
      });
    }
    if (settings.input && settings.training === 'none') {
      context.addIssue({ code: 'custom', path: ['input'], message: 'it needs training=spark' });
    }
    for (const [name, message] of fleetProblems(settings)) {
      context.addIssue({ code: 'custom', path: [name], message });
    }
  })
  .transform(({ auth, terminate, min, max, certificate, access, ...settings }) => {
    const chosen = auth ?? (settings.github ? 'oidc' : 'none');
    return {
      ...settings,
      /** Whether a role may be assumed by workflows of `github`. */
      role: chosen === 'oidc' || chosen === 'both',
      /** Whether the user gets access keys. */
      keys: chosen === 'keys' || chosen === 'both',
      terminate: terminate === 'yes',
      /** Amazon's and GitHub's names for the processor differ; this is Debian's. */
      architecture: /^[a-z]\d+g/.test(settings.instance) ? ('arm64' as const) : ('amd64' as const),
      /** Whether the instance lives on CPU credits. */
      burstable: settings.instance.startsWith('t'),
      /** Where it is a fleet. */
      fleet: settings.size === 'fleet' ? fleetOf({ min, max, certificate, access }) : undefined,
    };
  });

export type Settings = z.output<typeof schema>;

/** The names of all settings. */
export const settingNames = Object.keys(schema.in.shape);

/** Settings that are wrong or missing; the message is one line that says which, what is allowed, and how to give it. */
export class SettingsError extends Error {}

/** What a context key looks like when it is meant as a setting: the CDK's own have `:`, `/` or `-` in them. */
const settingLike = /^[a-z]+$/i;

/**
 * Reads every setting; `-c` wins over the environment, and an empty value counts as not given.
 *
 * @param context all context values of the app, the CDK's own included
 * @param environment the process's environment
 * @throws SettingsError naming every setting that is wrong
 */
export function readSettings(
  context: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Settings {
  const given: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(environment)) {
    const [, name] = /^PLUMBLINE_([A-Z]+)$/.exec(key) ?? [];
    if (name && value) given[name.toLowerCase()] = value;
  }
  for (const [key, value] of Object.entries(context)) {
    if (settingLike.test(key) && value !== '') given[key] = value;
  }
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `no setting is called ${issue.keys.join(', ')} (they are ${settingNames.join(', ')})`
      : `${issue.path.join('.')}${quoted(given[String(issue.path[0])])}: ${issue.message}`,
  );
  throw new SettingsError(`Nothing was changed. ${problems.join('; ')}. Settings are given as -c name=value.`);
}

const quoted = (value: unknown) => (value === undefined ? '' : ` is ${JSON.stringify(value)}, allowed is`);
