// What the workflows promise and actionlint does not know.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Job, root, type Step, type Workflow, workflowNamed, workflows } from './workflow.ts';

const jobs: [name: string, workflow: Workflow, job: Job][] = workflows.flatMap((workflow) =>
  Object.entries(workflow.jobs).map(([id, job]): [string, Workflow, Job] => [`${workflow.file} ${id}`, workflow, job]),
);
const steps: [name: string, step: Step][] = jobs.flatMap(([name, , job]) =>
  (job.steps ?? []).map((step, i): [string, Step] => [`${name} ${i}`, step]),
);
const runs = steps.filter(([, step]) => step.run !== undefined).map(([name, step]) => [name, step.run ?? ''] as const);

/** The repository's variable of that name. */
const DATASET = /\$\{\{ vars\.DATASET \}\}/;

/** What a stranger's pull request starts. */
const open = workflows.filter(({ on }) => 'pull_request' in on);

describe('every workflow', () => {
  it('is here', () => {
    expect(workflows.map(({ file }) => file)).toEqual(['codeql.yml', 'deploy.yml', 'production.yml', 'verify.yml']);
  });

  it.each(workflows)('$file starts from no rights but to read', ({ permissions }) => {
    expect(permissions).toEqual({ contents: 'read' });
  });

  it.each(workflows)('$file is started by nothing that runs a stranger’s code with rights', ({ on }) => {
    const known = ['pull_request', 'push', 'schedule', 'workflow_call', 'workflow_dispatch'];
    expect(Object.keys(on).filter((event) => !known.includes(event))).toEqual([]);
  });

  it.each(workflows)('$file pins each action by its commit, with the version beside it', ({ text }) => {
    const uses = text.split('\n').filter((line) => /\buses:/.test(line) && !line.includes('uses: ./'));
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('takes no action but these, each in one version', () => {
    const used = new Set(steps.flatMap(([, { uses }]) => (uses ? [uses] : [])));
    expect([...used].map((uses) => uses.split('@')[0]).sort()).toEqual([
      'actions/checkout',
      'actions/setup-node',
      'aws-actions/configure-aws-credentials',
      'github/codeql-action/analyze',
      'github/codeql-action/init',
    ]);
  });
});

describe('every job', () => {
  const own = jobs.filter(([, , job]) => !job.uses);

  it.each(own)('%s ends by itself', (_, __, job) => {
    expect(job['timeout-minutes']).toBeLessThanOrEqual(20);
  });

  it.each(own)('%s leaves no token in its checkout', (_, __, job) => {
    const checkouts = job.steps?.filter(({ uses }) => uses?.startsWith('actions/checkout@')) ?? [];
    expect(checkouts.length).toBeGreaterThan(0);
    for (const { with: input } of checkouts) expect(input?.['persist-credentials']).toBe(false);
  });
});

describe('every step', () => {
  it.each(runs)('%s has nothing of the event in its shell: %s', (_, run) => {
    expect(run).not.toContain('${{');
  });

  it.each(runs)('%s is one command: %s', (_, run) => {
    // Within quotes and substitutions these are text.
    const bare = run.trim().replaceAll(/'[^']*'|"[^"]*"|\$\{[^}]*\}/g, '_');
    expect(bare).not.toMatch(/[\n;|&]/);
  });

  it.each(runs.filter(([, run]) => run.startsWith('npm run ')))('%s is a script of package.json: %s', (_, run) => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(Object.keys(scripts)).toContain(run.split(' ')[2]);
  });
});

describe('what a pull request starts', () => {
  it('is verify and CodeQL', () => {
    expect(open.map(({ file }) => file)).toEqual(['codeql.yml', 'verify.yml']);
  });

  it.each(open)('$file has no secret, no role, no environment', ({ text, jobs }) => {
    // Which data set it is about is no secret, and opens nothing.
    expect(text.split(DATASET).join('')).not.toMatch(/\bsecrets\b|\bvars\b/);
    for (const job of Object.values(jobs)) {
      expect(job.permissions ?? {}).not.toHaveProperty('id-token');
      expect(job).not.toHaveProperty('environment');
      expect(job).not.toHaveProperty('secrets');
    }
  });

  it.each(open)('$file runs on GitHub’s machines, and calls no other workflow', ({ jobs }) => {
    for (const job of Object.values(jobs)) expect(job['runs-on']).toBe('ubuntu-24.04');
  });

  it('may write in two jobs only: a comment, and what CodeQL finds', () => {
    const writers = open.flatMap(({ file, jobs }) =>
      Object.entries(jobs).flatMap(([id, { permissions = {} }]) =>
        Object.entries(permissions)
          .filter(([, right]) => right === 'write')
          .map(([name]) => `${file} ${id} ${name}`),
      ),
    );
    expect(writers).toEqual(['codeql.yml analyse security-events', 'verify.yml comment pull-requests']);
    expect(workflowNamed('verify.yml').jobs.comment?.if).toContain(
      'github.event.pull_request.head.repo.full_name == github.repository',
    );
  });
});

describe('deploy.yml', () => {
  const deploy = workflowNamed('deploy.yml');

  it('lets pushes wait for each other, so that none is overtaken by an older one, and an image that was chosen for none', () => {
    expect(deploy.concurrency).toEqual({
      group: `deploy-\${{ inputs.digest && github.run_id || github.ref }}`,
      'cancel-in-progress': false,
    });
  });

  it('changes production one after the other, drops nothing that waits for that, and ends none halfway', () => {
    expect(deploy.jobs.production?.concurrency).toEqual({
      group: 'production',
      'cancel-in-progress': false,
      queue: 'max',
    });
  });

  it('holds production for nothing else: neither verifying nor building waits for a deploy by hand', () => {
    const holders = jobs.filter(([, workflow, job]) =>
      [workflow.concurrency?.group, job.concurrency?.group].includes('production'),
    );
    expect(holders.map(([name]) => name)).toEqual(['deploy.yml production']);
    expect(deploy.jobs.production?.uses).toBe('./.github/workflows/production.yml');
    expect(workflowNamed('production.yml').on).toEqual({ workflow_call: expect.anything() });
    expect(Object.keys(workflowNamed('production.yml').jobs)).toEqual(['target', 'deploy', 'live', 'rollback']);
  });

  it('brings what was chosen by hand, or what it has pushed, from main only', () => {
    expect(deploy.jobs.production?.with?.digest).toBe(`\${{ inputs.digest || needs.image.outputs.digest }}`);
    expect(deploy.jobs.production?.if).toContain("github.ref == 'refs/heads/main'");
  });

  it('gives the right to a role to what pushes, and to what changes production', () => {
    const holders = Object.entries(deploy.jobs).filter(([, { permissions }]) => permissions?.['id-token']);
    expect(holders.map(([id]) => id)).toEqual(['image', 'production']);
  });

  it.each(['verify', 'production'])(
    'gives %s.yml the rights that its jobs ask for, or GitHub would not start it',
    (id) => {
      const asked = Object.values(workflowNamed(`${id}.yml`).jobs).flatMap((job) =>
        Object.entries(job.permissions ?? {}),
      );
      expect(deploy.jobs[id]?.permissions).toEqual({ contents: 'read', ...Object.fromEntries(asked) });
    },
  );
});

describe('production.yml', () => {
  const { jobs } = workflowNamed('production.yml');

  it('gives the right to a role to the job that asks the stack, and to those that deploy where no runner is on the server', () => {
    const holders = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token']);
    expect(holders.map(([id]) => id)).toEqual(['target', 'deploy', 'rollback']);
  });

  it('asks the stack, on GitHub’s machines, before a job waits for the server’s runner', () => {
    const { target, deploy } = jobs;
    expect(target?.['runs-on']).toBe('ubuntu-24.04');
    expect(target?.if).toBe(`\${{ (vars.DEPLOY_TARGET || 'server') == 'server' }}`);
    expect(target?.steps?.at(-1)?.run).toMatch(/^npm run github:check /);
    expect(deploy?.needs).toBe('target');
    expect(deploy?.if).toContain("(needs.target.result == 'success' || needs.target.result == 'skipped')");
  });

  it('takes no credentials of AWS in a job on the server', () => {
    for (const { steps = [] } of [jobs.deploy, jobs.rollback].flatMap((job) => job ?? [])) {
      const taking = steps.filter(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
      expect(taking).toHaveLength(2);
      for (const { if: condition } of taking) expect(condition).toMatch(/^\$\{\{ env\.DEPLOY_TARGET != 'server' && /);
    }
  });

  it('reaches the server from main only, and runs on it unless a variable says that it is deployed to from outside', () => {
    const onServer = Object.entries(jobs).filter(([, job]) => job['runs-on']?.includes('self-hosted'));
    expect(onServer.map(([id]) => id)).toEqual(['deploy', 'rollback']);
    const where = `\${{ (vars.DEPLOY_TARGET || 'server') == 'server' && fromJSON('["self-hosted", "plumbline"]') || 'ubuntu-24.04' }}`;
    for (const [, job] of onServer) {
      expect(job['runs-on']).toBe(where);
      expect(job.env?.DEPLOY_TARGET).toBe(`\${{ vars.DEPLOY_TARGET || 'server' }}`);
    }
    expect(jobs.deploy?.if).toContain("github.ref == 'refs/heads/main'");
    expect(jobs.rollback?.if).toContain("needs.deploy.result == 'success'");
  });
});

describe('the repository’s variable DATASET', () => {
  /** What reads which data set it is about. */
  const asks = /^npm run (check-data|train|image|release:reuse)\b/;
  const askers = jobs.filter(([, , { steps = [] }]) => steps.some(({ run = '' }) => asks.test(run)));

  it('names the data set in every job that trains, reuses a release or builds an image', () => {
    expect(askers.map(([name]) => name)).toEqual(['deploy.yml image', 'verify.yml before', 'verify.yml model']);
    for (const [, , { env }] of askers) expect(env?.DATASET).toMatch(DATASET);
  });

  it('is not there where code is tested, whose tests name theirs', () => {
    for (const [, , job] of jobs.filter((each) => !askers.includes(each)))
      expect(job.env ?? {}).not.toHaveProperty('DATASET');
  });
});
