// Runs by hand, each of an image that was pushed earlier: what comes of deploys to each kind of target.

import { asked, type Context, checkJobs, checkMachines, type Machine, roleOf, toServer } from './context.ts';
import { byHand } from './events.ts';
import type { DeployTarget } from './server.ts';
import type { Run, Settings } from './workflow-runner.ts';

/** Something that is deployed to. */
export interface Target {
  /** "The fleet". */
  readonly title: string;
  readonly settings: Settings;
  /** What the jobs that deploy to it run on. */
  readonly machine: Machine;
  readonly serves: DeployTarget['serves'];
}

export const digestIn = (image = ''): string => image.slice(image.indexOf('@') + 1);

/** An image that is good is live, by its digest. */
export async function deploysWell(context: Context, target: Target, image: string): Promise<void> {
  const { report } = context;
  report.step(`${target.title}: an image that was pushed earlier`);
  const run = await deploy(context, target, image);
  checkJobs(context, run, [...bringing(target), 'live'], []);
  checkWays(context, run, target);
  report.equal('it serves that', (await target.serves()).image, image);
  const told = run.jobs.get('live')?.summary ?? '';
  report.check('which was seen from outside', told.includes(`image ${digestIn(image)}`), told);
}

/** A broken one fails, says why, and leaves what serves. */
export async function failsClearly(context: Context, target: Target, broken: string): Promise<void> {
  const { report } = context;
  report.step(`${target.title}: a version that ends as soon as it starts`);
  const before = await target.serves();
  const run = await deploy(context, target, broken);
  checkJobs(context, run, bringing(target), ['deploy']);
  checkWays(context, run, target);
  const log = run.jobs.get('deploy')?.log ?? '';
  report.check('the job says why', /^.*FAILED: .*ended,? with 3/m.test(log), log);
  report.check('and what is live', log.includes(`${before.image} is live, as before.`), log);
  report.equal('it serves what it did', await target.serves(), before);
}

/** One that is live and not seen from outside gives way to the one before. Gives the run. */
export async function goesBackUnseen(context: Context, target: Target, image: string): Promise<Run> {
  const { report } = context;
  report.step(`${target.title}: a version that is then not seen from outside`);
  const before = await target.serves();
  const run = await deploy(context, unseen(target), image);
  checkJobs(context, run, [...bringing(target), 'live', 'rollback'], ['live']);
  checkWays(context, run, target);
  const log = run.jobs.get('deploy')?.log ?? '';
  report.check('it was live', log.includes(`${image} is live, after`), log);
  report.equal('it serves what it did', await target.serves(), before);
  return run;
}

/** Where what is not seen from outside was live already, the version before it is not brought back. */
export async function staysUnseen(context: Context, target: Target): Promise<void> {
  const { report } = context;
  report.step(`${target.title}: what is live, which is then not seen from outside`);
  const before = await target.serves();
  const run = await deploy(context, unseen(target), before.image ?? '');
  checkJobs(context, run, [...bringing(target), 'live', 'rollback'], ['live']);
  for (const id of ['deploy', 'rollback']) {
    const log = run.jobs.get(id)?.log ?? '';
    report.check(`nothing changed: ${id}`, log.includes(`${before.image} is live already.`), log);
  }
  report.equal('it serves what it did', await target.serves(), before);
}

/** A stack that has a fleet now, of which nobody told GitHub: no job waits for a runner that is gone, and the run says what to do. */
export async function findsNoServer(context: Context, target: Target, stack: string): Promise<void> {
  const { report, registry } = context;
  report.step(`${target.title}, where the stack has another target now`);
  const { variables } = target.settings;
  const moved = { ...variables, ECR_REPOSITORY: registry.repository.replace(/[^/]+$/, stack) };
  const before = await target.serves();
  const run = await deploy(
    context,
    { ...target, settings: { ...target.settings, variables: moved } },
    before.image ?? '',
  );
  checkJobs(context, run, ['target'], ['target']);
  const log = run.jobs.get('target')?.log ?? '';
  report.check(
    'the job says why, and the remedy',
    /go to server, but .* fleet\/.* npm run github:setup/.test(log),
    log,
  );
  report.equal('it serves what it did', await target.serves(), before);
}

/** The jobs that bring an image: to the server once it is known to be there. */
const bringing = ({ machine }: Target): string[] => (machine === 'plumbline' ? toServer : ['deploy']);

/** Where people do not find it. */
const unseen = (target: Target): Target => ({
  ...target,
  settings: { ...target.settings, variables: { ...target.settings.variables, APP_URL: 'http://127.0.0.1:9' } },
});

const deploy = ({ runner }: Context, { settings }: Target, image: string) =>
  runner.run('workflow_dispatch', byHand({ digest: digestIn(image) }), settings, 'deploy.yml');

/** Which machines and which credentials deploys have. */
function checkWays(context: Context, run: Run, { machine, settings }: Target): void {
  checkMachines(context, run, machine);
  const fromOutside = machine === 'ubuntu24';
  const askers = fromOutside ? ['deploy', 'rollback'].filter((id) => run.jobs.has(id)) : ['target'];
  context.report.equal(
    `${fromOutside ? 'each of them' : 'who asks the stack alone'} asked for credentials, for the role of the stack`,
    asked(run, 'configure-aws-credentials'),
    askers.map((id) => [id, 'role', roleOf(settings)]),
  );
}
