// runner=none: the same server, once its runner is gone, is deployed to from GitHub's machines, by Systems Manager.

import { userData } from '../../../infra/stack/server/user-data.ts';
import { type Status, statusOf } from '../delivery/deploying.ts';
import type { Site } from '../delivery/site.ts';
import { type Environment, root, run } from '../process.ts';
import { until } from '../until.ts';
import { asked, type Context, checkJobs, credentials, withRole } from './context.ts';
import { byHand } from './events.ts';
import { deployTarget } from './server.ts';
import type { SystemsManager } from './systems-manager.ts';

interface Parts {
  readonly site: Site;
  readonly systemsManager: SystemsManager;
  /** For the command as a person runs it: credentials, and where AWS is. */
  readonly environment: Environment;
}

const patience = { timeout: 90_000, interval: 300 };

/** The last scenario: it takes the runner away. */
export async function deploysWithoutRunner(context: Context, parts: Parts): Promise<void> {
  const { report, registry, region, runner } = context;
  const { systemsManager, environment } = parts;
  report.step('The server loses its runner: runner=none');
  const { server: host } = parts.site;
  host.write('/var/tmp/user-data', userData(parts.site.settings, 'none'), '755');
  const made = await host.run('/var/tmp/user-data');
  report.check('the bootstrap makes it so', made.status === 0, made.text);
  // What the last deploy left there.
  const site = { ...parts.site, script: (name: string) => `/var/lib/plumbline/bin/${name}` };
  const server = deployTarget(site);
  const last = async (): Promise<Status['history'][0] | undefined> => (await statusOf(site)).history[0];
  const digestIn = (image = '') => image.slice(image.indexOf('@') + 1);
  const good = digestIn((await server.serves()).image);
  // The first that was live: the one before would count as gone back to.
  const earlier = (await statusOf(site)).history.filter(({ result }) => result === 'live').at(-1);
  const digest = digestIn(earlier?.image);

  report.step('A deploy by Systems Manager, of a version that is then not seen from outside');
  const settings = withRole(context);
  const locator = `systems-manager/${region}/${systemsManager.document}/${systemsManager.instance}`;
  const variables = { ...settings.variables, DEPLOY_TARGET: locator, APP_URL: 'http://127.0.0.1:9' };
  const unseen = await runner.run('workflow_dispatch', byHand({ digest }), { ...settings, variables }, 'deploy.yml');
  checkJobs(context, unseen, ['deploy', 'live', 'rollback'], ['live']);
  report.equal('credentials were asked for by each job that deploys', asked(unseen, 'configure-aws-credentials'), [
    ['deploy', 'role', credentials.role],
    ['rollback', 'role', credentials.role],
  ]);
  const sent = [...systemsManager.commands.values()].map((command) => command.digest);
  report.equal('two digests were sent: the new one, and the one before', sent, [digest, good]);
  const log = unseen.jobs.get('deploy')?.log ?? '';
  report.check("the job shows the deploy's lines", /watching it for \d+ s/.test(log), log);
  const { history } = await statusOf(site);
  const entry = ({ action, image, result }: Status['history'][0]) => [action, result, digestIn(image)];
  report.equal('it was live, and the server has gone back', history.slice(0, 2).map(entry), [
    ['rollback', 'live', good],
    ['deploy', 'live', digest],
  ]);
  report.equal('it serves what it did', (await server.serves()).image, `${registry.repository}@${good}`);

  report.step('One that is cancelled');
  systemsManager.waits.WATCH_SECONDS = '60';
  const cancelling = new AbortController();
  const command = ['cli/plumbline.ts', 'deploy', `${registry.repository}@${digest}`, '--target', locator];
  const cancelled = run(`${root}node_modules/.bin/node`, command, { env: environment, interrupt: cancelling.signal });
  await until(async () => (await statusOf(site)).other !== null, patience);
  cancelling.abort();
  const { output, status } = await cancelled;
  report.check('the command ends, and says so', status === 130 && output.includes('the server goes back'), output);
  await until(async () => (await last())?.result === 'failed', patience);
  report.equal('the server has gone back, and says why', (await last())?.reason, 'it was cancelled');
  report.equal('it serves what it did', (await server.serves()).image, `${registry.repository}@${good}`);
}
