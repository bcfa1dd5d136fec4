// runner=ephemeral: the same server, whose runner is registered anew for each job, and has nothing of the one before.

import { userData } from '../../../infra/stack/server/user-data.ts';
import type { Site } from '../delivery/site.ts';
import { Amazon } from '../host/amazon.ts';
import { registration } from '../host/one-job.ts';
import { until } from '../until.ts';
import { deploysWell, failsClearly, type Target } from './chosen-image.ts';
import { type Context, settingsOf } from './context.ts';
import { OneJobQueue } from './one-job-queue.ts';
import type { OtherVersions } from './other-versions.ts';
import { deployTarget } from './server.ts';

/** It takes the runner that stays away. */
export async function deploysByOneJobRunner(context: Context, site: Site, versions: OtherVersions): Promise<void> {
  const { report, runner } = context;
  const { server: host, github } = site;
  const amazon = new Amazon();
  const queue = new OneJobQueue(github);
  try {
    report.step('The server registers its runner anew for each job: runner=ephemeral');
    const address = `http://outside.test:${await amazon.listen(site.outside)}`;
    const { port } = new URL(site.settings.githubApi ?? '');
    amazon.registerOneJob = registration(`http://${site.outside}:${port}`, () => github.administrationToken);
    host.write(
      '/etc/systemd/system/actions-runner.service.d/rehearsal.conf',
      `[Unit]\nStartLimitIntervalSec=0\n[Service]\nEnvironment=AWS_EC2_METADATA_SERVICE_ENDPOINT=${address} AWS_ENDPOINT_URL_LAMBDA=${address}\nRestartSec=1\n`,
    );
    host.write('/var/tmp/user-data', userData(site.settings, 'ephemeral'), '755');
    const made = await host.run('/var/tmp/user-data');
    report.check('the bootstrap makes it so', made.status === 0, made.text);
    const waiting = () => github.oneJobs.length > 0;
    report.check('a runner waits for a job', await until(waiting, { timeout: 30_000, interval: 100 }));
    runner.oneJobs = `http://127.0.0.1:${await queue.listen('127.0.0.1')}`;

    // What the last deploy left there, since the runner's own checkout is gone.
    const server = deployTarget({ ...site, script: (name) => `/var/lib/plumbline/bin/${name}` });
    const target: Target = {
      title: 'A runner for each job',
      settings: settingsOf(context, 'ephemeral', server.url),
      machine: 'plumbline',
      serves: server.serves,
    };
    await deploysWell(context, target, await versions('good 1'));
    await failsClearly(context, target, await versions('crashes at start'));
    report.equal(
      'the two deploys were the jobs of two runners, of which one ended well',
      queue.ended.map(({ outcome }) => outcome.slice(0, outcome.indexOf(':'))),
      ['0', '1'],
    );
    report.equal('each under a name of its own', new Set(queue.ended.map(({ name }) => name)).size, 2);
  } finally {
    runner.oneJobs = '';
    queue.close();
    amazon.close();
  }
}
