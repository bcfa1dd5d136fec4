// runner=none: the same server, once its runner is gone, is deployed to from GitHub's machines, by Systems Manager.

import { userData } from '../../../infra/stack/server/user-data.ts';
import { type Status, statusOf } from '../delivery/deploying.ts';
import type { Site } from '../delivery/site.ts';
import { type Environment, root, run } from '../process.ts';
import { until } from '../until.ts';
import { deploysWell, digestIn, failsClearly, goesBackUnseen, type Target } from './chosen-image.ts';
import { type Context, settingsOf } from './context.ts';
import type { OtherVersions } from './other-versions.ts';
import { deployTarget } from './server.ts';
import type { SystemsManager } from './systems-manager.ts';

interface Parts {
  readonly site: Site;
  readonly systemsManager: SystemsManager;
  /** For the command as a person runs it: credentials, and where AWS is. */
  readonly environment: Environment;
  readonly versions: OtherVersions;
}

const patience = { timeout: 90_000, interval: 300 };

/** The last scenario of the server: it takes the runner away. */
export async function deploysWithoutRunner(context: Context, parts: Parts): Promise<void> {
  const { report, targets } = context;
  const { systemsManager, environment, versions } = parts;
  report.step('The server loses its runner: runner=none');
  const { server: host } = parts.site;
  host.write('/var/tmp/user-data', userData(parts.site.settings, 'none'), '755');
  const made = await host.run('/var/tmp/user-data');
  report.check('the bootstrap makes it so', made.status === 0, made.text);
  // What the last deploy left there.
  const site = { ...parts.site, script: (name: string) => `/var/lib/plumbline/bin/${name}` };
  const server = deployTarget(site);
  const target: Target = {
    title: 'By Systems Manager',
    settings: settingsOf(context, 'none', server.url),
    machine: 'ubuntu24',
    serves: server.serves,
  };
  const good = await versions('good 2');
  await deploysWell(context, target, good);
  await failsClearly(context, target, await versions('crashes at start'));

  const other = await versions('good 3');
  const before = systemsManager.commands.size;
  const unseen = await goesBackUnseen(context, target, other);
  const sent = [...systemsManager.commands.values()].slice(before).map((command) => command.digest);
  report.equal('two digests were sent: the new one, and the one before', sent, [other, good].map(digestIn));
  const log = unseen.jobs.get('deploy')?.log ?? '';
  report.check("the job shows the deploy's lines", /watching it for \d+ s/.test(log), log);
  const { history } = await statusOf(site);
  const entry = ({ action, image, result }: Status['history'][0]) => [action, result, image];
  report.equal('the server knows that it has gone back', history.slice(0, 2).map(entry), [
    ['rollback', 'live', good],
    ['deploy', 'live', other],
  ]);

  report.step('One that is cancelled');
  systemsManager.waits.WATCH_SECONDS = '60';
  const cancelling = new AbortController();
  const locator = target.settings.variables.DEPLOY_TARGET ?? '';
  const command = ['cli/plumbline.ts', 'deploy', other, '--target', locator];
  const cancelled = run(`${root}node_modules/.bin/node`, command, { env: environment, interrupt: cancelling.signal });
  await until(async () => (await statusOf(site)).other !== null, patience);
  cancelling.abort();
  const { output, status } = await cancelled;
  report.check('the command ends, and says so', status === 130 && output.includes('the server goes back'), output);
  const last = async () => (await statusOf(site)).history[0];
  await until(async () => (await last())?.result === 'failed', patience);
  report.equal('the server has gone back, and says why', (await last())?.reason, 'it was cancelled');
  report.equal('it serves what it did', (await server.serves()).image, good);
  report.equal(
    'all that was asked of Systems Manager is what the stack allows',
    [...systemsManager.asked].filter((action) => !targets.none.rights.has(action)),
    [],
  );
}
