// Everything that the workflows meet, and a way to start them.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { Moto } from '../aws/moto.ts';
import type { Tools } from '../aws/tools.ts';
import { type Environment, root } from '../process.ts';
import { Repository } from '../repository.ts';
import { type ActOptions, type ActRun, runAct } from './act.ts';
import { shortWaits } from './cuts.ts';
import type { GitHub } from './github.ts';
import { haveNode, nodes } from './tools.ts';

/** What the repository's settings at GitHub hold. */
export interface Settings {
  readonly variables: Environment;
  readonly secrets: Environment;
  /** What this run has besides, for its length. @default nothing */
  readonly environment?: Environment;
}

export interface RunnerParts {
  /** act. */
  readonly program: string;
  /** For whatever has to be written. */
  readonly folder: string;
  readonly tools: Tools;
  readonly moto: Moto;
  readonly github: GitHub;
  /** GitHub's API. */
  readonly api: string;
  /** The token that GitHub gives to each job. */
  readonly token: string;
  /** The container that is the server. */
  readonly server: string;
  /** Where services of AWS are that moto does not play, by the variables of AWS's tools. */
  readonly endpoints: Environment;
  /** Whether what takes long is cut short now: `npm ci`, and the waits of a deploy. */
  readonly short: () => boolean;
  /** Ends the run that is at work. */
  readonly interrupted: AbortSignal;
}

/** A run and what the doubles saw of it. */
export interface Run extends ActRun {
  /** What each double was asked: its name, the job, and the rest. */
  readonly asked: readonly (readonly string[])[];
  /** The environments of the commands that ran, one text each. */
  readonly environments: readonly string[];
}

/** A workflow, as far as the runner reads it. */
interface Jobs {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly steps?: readonly { readonly uses?: string; readonly with?: Readonly<Record<string, unknown>> }[];
        readonly strategy?: { readonly matrix?: { readonly node?: readonly number[] } };
      }
    >
  >;
}

export class WorkflowRunner {
  readonly repository: Repository;
  /** Where the server's runner is given a job, by whoever registers it for one; empty where it stays. */
  oneJobs = '';
  private readonly cafile = trusted();
  private readonly parts: RunnerParts;
  private running: Promise<unknown> = Promise.resolve();
  private readonly jobs: readonly [id: string, job: Jobs['jobs'][string]][];

  constructor(parts: RunnerParts) {
    this.parts = parts;
    this.repository = new Repository(parts.folder);
    const folder = join(this.repository.folder, '.github', 'workflows');
    const workflows = readdirSync(folder).map((file) => parse(readFileSync(join(folder, file), 'utf8')) as Jobs);
    this.jobs = workflows.flatMap(({ jobs }) => Object.entries(jobs));
    for (const major of this.nodeVersions()) haveNode(major);
  }

  /** Waits until no run is at work any more. */
  async idle(): Promise<void> {
    await this.running.catch(() => {});
  }

  /** Runs what an event starts. */
  async run(
    event: ActOptions['event'],
    payload: unknown,
    { variables, secrets, environment = {} }: Settings,
    workflow?: string,
  ): Promise<Run> {
    const { folder, moto, tools, token } = this.parts;
    const here = mkdtempSync(join(folder, 'run-'));
    const log = join(here, 'log');
    mkdirSync(join(here, 'environments'));
    writeFileSync(log, '');
    writeFileSync(join(here, 'event.json'), JSON.stringify(payload));
    const running = runAct(this.parts.program, {
      repository: this.repository.folder,
      event,
      eventFile: join(here, 'event.json'),
      workflow,
      variables,
      secrets: { GITHUB_TOKEN: token, ...secrets },
      environment: {
        ...outside(),
        AWS_ENDPOINT_URL: moto.url,
        ...this.parts.endpoints,
        ...Object.fromEntries(Object.entries(moto.environment).filter(([name]) => harmless.includes(name))),
        ...(this.parts.short() ? shortWaits : {}),
        GITHUB_API_URL: this.parts.api,
        // The packages are this checkout's, but what is compiled is of folders that are gone after a job.
        NODE_COMPILE_CACHE: join(folder, 'compile'),
        REHEARSAL_FOLDER: here,
        REHEARSAL_LOG: log,
        REHEARSAL_ORIGIN: this.repository.origin,
        REHEARSAL_NODES: nodes,
        REHEARSAL_MODULES: this.parts.short() ? join(root, 'node_modules') : '',
        REHEARSAL_SERVER: this.parts.server,
        REHEARSAL_ONE_JOB: this.oneJobs,
        REHEARSAL_AWS: dirname(tools.aws),
        REHEARSAL_CAFILE: this.cafile,
        ...environment,
      },
      actions: this.doubles(),
      cache: join(here, 'act'),
      interrupted: this.parts.interrupted,
    });
    this.running = running;
    const run = await running;
    const lines = readFileSync(log, 'utf8').split('\n').filter(Boolean);
    const environments = readdirSync(join(here, 'environments'));
    return {
      ...run,
      asked: lines.map((line) => line.split('\t')),
      environments: environments.map((name) => readFileSync(join(here, 'environments', name), 'utf8')),
    };
  }

  /** A double for each action, whatever commit it is pinned to. */
  private doubles(): Environment {
    const uses = this.jobs.flatMap(([, job]) => (job.steps ?? []).flatMap((step) => step.uses ?? []));
    const pairs = uses.map((use) => {
      const [path = '', commit = ''] = use.split('@');
      const [owner = '', name = ''] = path.split('/');
      return [`${owner}/${name}@${commit}`, join(import.meta.dirname, 'doubles', name)] as const;
    });
    return Object.fromEntries(pairs);
  }

  private nodeVersions(): Set<string> {
    const asked = this.jobs.flatMap(([, job]) => (job.steps ?? []).map((step) => step.with?.['node-version']));
    const inMatrix = this.jobs.flatMap(([, job]) => job.strategy?.matrix?.node ?? []);
    return new Set([...asked, ...inMatrix].map(String).filter((version) => /^\d+$/.test(version)));
  }
}

/** How this machine reaches others: its proxies, and whom it trusts. */
function outside(): Environment {
  const names = /^(https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_file|requests_ca_bundle|pip_.*|goproxy)$/i;
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (names.test(name) && value ? [[name, value]] : [])),
  );
}

/** Whom this machine's npm trusts, as a file; empty where that is as always. */
function trusted(): string {
  const { stdout = '' } = spawnSync('npm', ['config', 'get', 'cafile'], { encoding: 'utf8' });
  return stdout.trim().replace(/^(null|undefined)$/, '');
}

/** What keeps a program from reaching a real AWS. Credentials are not among it: these a job has to get. */
const harmless = [
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_EC2_METADATA_DISABLED',
  'AWS_PAGER',
  'PYTHONDONTWRITEBYTECODE',
];
