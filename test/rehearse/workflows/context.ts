// What every scenario has: a runner, settings of the repository, and ways to ask what is there.

import { login, type Registry } from '../images/registry.ts';
import type { Report } from '../report.ts';
import { push } from './events.ts';
import type { GitHub } from './github.ts';
import type { DeployTarget } from './server.ts';
import type { TargetKind, Targets } from './stacks.ts';
import type { Run, Settings, WorkflowRunner } from './workflow-runner.ts';

/** An access key, which no job of a pull request may come to see. */
export const credentials = {
  key: 'AKIAREHEARSALREHEARS',
  secret: 'rehearsal/secret/access/key/of/forty/char',
} as const;

export interface Context {
  readonly report: Report;
  readonly runner: WorkflowRunner;
  readonly github: GitHub;
  readonly registry: Registry;
  readonly server: DeployTarget;
  /** What the stacks say of all that may be deployed to. */
  readonly targets: Targets;
  readonly region: string;
}

/**
 * As `npm run github:setup` sets them for a stack with `auth=oidc`, but for two: moto's registry takes no images, and nothing answers where
 * it says that the app is.
 */
export function settingsOf({ targets, registry }: Context, kind: TargetKind, url: string): Settings {
  const { variables, secrets } = targets[kind].settings;
  return { variables: { ...variables, APP_URL: url, ECR_REPOSITORY: registry.repository }, secrets };
}

/** Those of the server with its runner. */
export const withRole = (context: Context): Settings => settingsOf(context, 'self-hosted', context.server.url);

export const roleOf = ({ variables }: Settings): string => variables.AWS_ROLE_ARN ?? '';

/** As the scenario has them: everything is a secret but the address. */
export const withKeys = ({ server, registry, region }: Context): Settings => ({
  variables: { APP_URL: server.url },
  secrets: {
    AWS_ACCESS_KEY_ID: credentials.key,
    AWS_SECRET_ACCESS_KEY: credentials.secret,
    AWS_REGION: region,
    ECR_REPOSITORY: registry.repository,
  },
});

/** The jobs that say whether a change may go live. */
export const verify = ['before', 'check', 'model', 'rehearse-aws', 'rehearse-host', 'test'];

/** The jobs that bring an image to the server. */
export const toServer = ['target', 'deploy'];

/** Commits to main what is in the folder, and runs what the push of it starts. */
export async function pushToMain({ runner }: Context, message: string, settings: Settings) {
  const before = runner.repository.head();
  const commit = runner.repository.commit(message);
  // act does not look at branches: what else a push starts says that it is not for main.
  return { before, commit, run: await runner.run('push', push(before, commit), settings, 'deploy.yml') };
}

const names = (run: Run, result?: 'success' | 'failure') =>
  [...run.jobs.values()]
    .filter((job) => result === undefined || job.result === result)
    .map(({ id }) => id)
    .sort();

/** Checks which jobs ran and which of them failed; shows how those ended. */
export function checkJobs({ report }: Context, run: Run, ran: readonly string[], failed: readonly string[]): void {
  report.equal(
    failed.length === 0 ? 'the run is green' : `the run is red, by ${failed.join(' and ')}`,
    { red: run.status !== 0, failed: names(run, 'failure') },
    { red: failed.length > 0, failed: [...failed].sort() },
  );
  report.equal(`what ran: ${ran.join(', ')}`, names(run), [...ran].sort());
  const unexpected = [...run.jobs.values()].filter(({ id, result }) => (result === 'failure') !== failed.includes(id));
  if (unexpected.length === 0 && run.jobs.size === ran.length) return;
  for (const { id, failed: steps, log } of unexpected) {
    console.log(`      ${id}: ${steps.join(', ')}\n${log.trim().split('\n').slice(-25).join('\n')}`);
  }
  console.log(`      act ended with ${run.status}:\n${run.messages.slice(-10).join('\n')}`);
}

/** The machines of GitHub, and the server's runner: how act tells a job what its `runs-on` came to. */
export type Machine = 'ubuntu24' | 'plumbline';

/** Checks what jobs ran on: those that deploy on one kind of machine, and all others on GitHub's. */
export function checkMachines({ report }: Context, run: Run, ofDeploys: Machine): void {
  const ofGitHub: Machine = 'ubuntu24';
  report.equal(
    `what deploys ran on ${ofDeploys === ofGitHub ? "GitHub's machines, as all else" : "the server's runner, and nothing else did"}`,
    Object.fromEntries(asked(run, 'runs-on')),
    Object.fromEntries([...run.jobs.keys()].map((id) => [id, deploying.includes(id) ? ofDeploys : ofGitHub])),
  );
}

const deploying = ['deploy', 'rollback'];

/** What an action was asked, but for its name. */
export const asked = (run: Run, action: string): (readonly string[])[] =>
  run.asked.filter(([name]) => name === action).map(([, ...rest]) => rest);

/** The tags that the registry has. */
export async function tags({ registry }: Context): Promise<string[]> {
  const body = (await askRegistry(registry, 'tags/list').then((response) => response.json())) as {
    tags?: string[] | null;
  };
  return [...(body.tags ?? [])].sort();
}

/** By which digest the registry knows a tag. */
export async function digestOf({ registry }: Context, tag: string): Promise<string> {
  const response = await askRegistry(registry, `manifests/${tag}`);
  return response.headers.get('docker-content-digest') ?? '';
}

function askRegistry({ port }: Registry, path: string): Promise<Response> {
  const basic = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  const Accept = 'application/vnd.docker.distribution.manifest.v2+json, application/vnd.oci.image.manifest.v1+json';
  return fetch(`http://127.0.0.1:${port}/v2/plumbline/${path}`, {
    headers: { Authorization: `Basic ${basic}`, Accept },
  });
}

/** Does something, and checks that the registry and the server are as they were. */
export async function changingNothing<T>(context: Context, action: () => Promise<T>): Promise<T> {
  const state = async () => ({ tags: await tags(context), serves: await context.server.serves() });
  const before = await state();
  const result = await action();
  context.report.equal('nothing was pushed, and the server serves what it did', await state(), before);
  return result;
}
