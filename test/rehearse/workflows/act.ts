// Runs workflows with act, on this machine itself, and tells what came of every job.

import { type Environment, plainEnvironment, run } from '../process.ts';

export interface ActOptions {
  /** The repository, as pushed. */
  readonly repository: string;
  /** What started it, and the file with GitHub's event. */
  readonly event: 'push' | 'pull_request' | 'workflow_dispatch';
  readonly eventFile: string;
  /** One workflow; without it all that the event starts. */
  readonly workflow?: string | undefined;
  readonly variables: Environment;
  readonly secrets: Environment;
  readonly environment: Environment;
  /** Doubles in the place of actions: `owner/name@sha` → folder. */
  readonly actions: Environment;
  /** Where act keeps what it writes. */
  readonly cache: string;
  /** Ends it: act then ends the steps that it has started. */
  readonly interrupted: AbortSignal;
}

interface JobRun {
  readonly id: string;
  /** Of a matrix job: that of the worst of them. */
  result: 'success' | 'failure';
  /** What its steps printed. */
  log: string;
  /** The steps that failed. */
  readonly failed: string[];
  summary: string;
}

export interface ActRun {
  readonly status: number | null;
  /** The jobs that ran, by their ids; one that was skipped is not among them. */
  readonly jobs: ReadonlyMap<string, JobRun>;
  /** What act itself had to say. */
  readonly messages: readonly string[];
}

/** A line of act's log. */
interface Line {
  readonly jobID?: string;
  readonly jobResult?: 'success' | 'failure';
  readonly msg?: string;
  readonly raw_output?: boolean;
  readonly step?: string;
  readonly stepResult?: string;
  readonly command?: string;
  readonly content?: string;
  readonly level?: string;
}

const given = (flag: string, values: Environment) =>
  Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`]);

export async function runAct(program: string, options: ActOptions): Promise<ActRun> {
  const args = [
    options.event,
    ...['--directory', options.repository, '--eventpath', options.eventFile],
    ...(options.workflow ? ['--workflows', `.github/workflows/${options.workflow}`] : []),
    ...['ubuntu-24.04', 'self-hosted', 'plumbline'].flatMap((label) => ['--platform', `${label}=-self-hosted`]),
    ...['--action-cache-path', options.cache, '--cache-server-path', options.cache, '--no-cache-server'],
    // The double clones; act would copy the folder.
    ...['--no-skip-checkout', '--json', '--defaultbranch', 'main'],
    ...given('--var', options.variables),
    ...given('--secret', options.secrets),
    ...given('--env', options.environment),
    ...given('--local-repository', options.actions),
    // Nothing that lies about in the repository's folder is read as settings.
    ...[
      '--env-file',
      '/dev/null',
      '--secret-file',
      '/dev/null',
      '--var-file',
      '/dev/null',
      '--input-file',
      '/dev/null',
    ],
  ];
  const jobs = new Map<string, JobRun>();
  const messages: string[] = [];
  const { status } = await run(program, args, {
    env: plainEnvironment(),
    onLine: (line) => note(line, jobs, messages),
    interrupt: options.interrupted,
  });
  options.interrupted.throwIfAborted();
  return { status, jobs, messages };
}

function note(text: string, jobs: Map<string, JobRun>, messages: string[]): void {
  let line: Line;
  try {
    line = JSON.parse(text) as Line;
  } catch {
    messages.push(text);
    return;
  }
  const { jobID: id, msg = '' } = line;
  if (id === undefined) {
    messages.push(msg);
    return;
  }
  let job = jobs.get(id);
  if (!job) {
    job = { id, result: 'success', log: '', failed: [], summary: '' };
    jobs.set(id, job);
  }
  if (line.raw_output) job.log += msg;
  else if (line.level === 'error') job.log += `${msg}\n`;
  if (line.command === 'summary') job.summary += line.content ?? '';
  if (line.stepResult === 'failure') job.failed.push(line.step ?? '');
  if (line.jobResult === 'failure') job.result = 'failure';
}
