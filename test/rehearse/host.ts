// npm run rehearse:host: the real user data, with the real bootstrap.sh in it, on a server with real systemd
// and real cloud-init (a container), from first boot to a registered runner, with faults on the way.

import { Command } from 'commander';
import { type Runner, userData } from '../../infra/stack/server/user-data.ts';
import { Amazon } from './host/amazon.ts';
import { checkBootstrap, stateOf } from './host/bootstrap-checks.ts';
import { GitHub } from './host/github.ts';
import { checkIdentityProvider } from './host/identity-provider.ts';
import { checkNoRunner } from './host/no-runner.ts';
import { checkOneJobRunner } from './host/one-job.ts';
import { type Addresses, registerRunner } from './host/registration.ts';
import { buildImage, gateway, Server } from './host/server.ts';
import { checkVitals } from './host/vitals.ts';
import { hold, type Rehearsal } from './rehearsal.ts';
import { Report } from './report.ts';
import { until } from './until.ts';

const options = new Command('npm run rehearse:host --')
  .description(
    'Boots a server in a container with the user data of the stack, and checks what the bootstrap promises: the first\n' +
      'boot, a second run, faults, the registration of a runner, the vitals, a reboot, a runner for each job, and none at\n' +
      'all. Needs a Docker engine.',
  )
  .option('--keep', 'leave the server running afterwards, for a look, until Ctrl+C', false)
  .addHelpText('after', '\nExamples:\n  npm run rehearse:host\n  npm run rehearse:host -- --keep')
  .parse()
  .opts<{ keep: boolean }>();

const github = new GitHub();
const amazon = new Amazon();
const server = new Server('plumbline-rehearsal');

async function rehearse({ report, atEnd, stay }: Rehearsal): Promise<void> {
  atEnd(() => server.end());
  atEnd(() => github.close());
  atEnd(() => amazon.close());
  report.step("Building the server's image");
  const image = buildImage();
  server.remove();
  const outside = gateway(image);
  const githubPort = await github.listen(outside);
  const amazonPort = await amazon.listen(outside);
  const addresses: Addresses = {
    fromServer: `http://github.test:${githubPort}`,
    fromHere: `http://${outside}:${githubPort}`,
  };
  const settings = {
    name: 'plumbline',
    region: 'eu-west-1',
    repositoryUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/plumbline',
    logGroup: '/plumbline/server',
    site: ':80',
    githubApi: addresses.fromServer,
    signalUrl: `${addresses.fromServer}/signal`,
    swapMib: '64',
  };
  const script = '/var/lib/cloud/instance/scripts/part-001';
  const log = () => server.run('tail -n 40 /var/log/plumbline/bootstrap.log');

  report.step('First boot');
  server.setUserData(userData(settings));
  server.start(image, ['github.test', 'amazon.test']);
  const boot = await server.booted();
  report.check('cloud-init is content', boot.status === 0, `${boot.text}\n${(await log()).text}`);
  report.equal('the deploy is told of success, once', github.signals, [
    {
      contentType: undefined,
      body: { Status: 'SUCCESS', UniqueId: 'bootstrap', Reason: 'The server is ready', Data: server.name },
    },
  ]);

  report.step('What the bootstrap promises');
  await checkBootstrap(server, report);

  report.step('A second run');
  const before = await stateOf(server);
  const again = await server.run(script);
  report.check('succeeds', again.status === 0, again.text);
  report.equal('changes nothing', difference(before, await stateOf(server)), []);
  report.equal('fetches no second runner', github.downloads.length, 1);

  report.step('Faults');
  await server.run('mv /opt/actions-runner /opt/put-away');
  github.download = 'wrong';
  const forged = await server.run(script);
  report.check('a runner that is not what GitHub says fails it, and loudly', forged.status !== 0, forged.text);
  report.equal(
    'the deploy is told of failure, and where',
    [github.signals.at(-1)?.body.Status, github.signals.at(-1)?.body.Reason],
    ['FAILURE', 'bootstrap.sh failed with 1 at: installing the runner; see /var/log/plumbline/bootstrap.log'],
  );
  report.check('nothing of it is in place', (await server.run('test -e /opt/actions-runner')).status !== 0);
  github.download = 'endless';
  const downloads = github.downloads.length;
  // A proxy that has yet to be told of a change when the run ends.
  await server.run("sed -i 's/:80$/:9999/' /etc/plumbline/host.env; systemctl restart caddy");
  const cut = server.run(script);
  await downloading(downloads);
  // (The brackets keep pkill from finding the shell that runs it.) The download itself goes on.
  await server.run("pkill --signal KILL --full '[p]art-001'");
  report.check('it is killed in the middle of the download', (await cut).status === 137, await cut);
  github.download = 'whole';
  const mended = await server.run(script);
  report.check('the next run mends that', mended.status === 0, mended.text);
  report.equal(
    'and restarts what the killed one had changed',
    (await server.run("curl -s -o /dev/null -w '%{http_code}' http://127.0.0.1/")).text,
    '503',
  );
  await server.run('rm -rf /opt/actions-runner');
  github.download = 'endless';
  const reports = github.signals.length;
  const halted = server.run(script);
  await downloading(downloads + 2);
  await server.restart();
  await halted;
  github.download = 'whole';
  const continued = await server.booted();
  report.check('where the server goes down meanwhile, the next boot goes on', continued.status === 0, continued.text);
  report.equal(
    'and only that reports',
    github.signals.slice(reports).map(({ body }) => body.Status),
    ['SUCCESS'],
  );
  await server.run('rm -rf /opt/put-away');
  report.equal('and leaves nothing behind', difference(before, await stateOf(server)), []);

  report.step('npm run runner:register');
  // Session Manager's agent makes this user, and lets it use sudo.
  await server.run(
    "useradd --create-home ssm-user && echo 'ssm-user ALL=(ALL) NOPASSWD:ALL' >/etc/sudoers.d/ssm-agent-users",
  );
  await registerRunner(server, github, addresses, report);
  report.check('and asks for jobs, as its own user', github.pollers.at(-1) === 'runner', github.pollers);

  report.step('Registering anew');
  await registerRunner(server, github, addresses, report);
  const denied = await server.run(
    `echo WRONG-TOKEN | /opt/plumbline/host/register-runner.sh ${addresses.fromServer}/acme/scores`,
  );
  report.check('a token that GitHub does not know fails, and loudly', denied.status !== 0, denied.text);
  report.equal('as GitHub saw', github.registrations.at(-1)?.accepted, false);
  report.equal(
    'the runner that was there still runs',
    (await server.run('systemctl is-active actions-runner')).text,
    'active',
  );

  report.step('Vitals');
  await checkVitals(server, amazon, `http://amazon.test:${amazonPort}`, report);

  report.step('An identity provider in front');
  await checkIdentityProvider(server, outside, report);

  report.step('A reboot, with a setting changed');
  const polled = github.pollers.length;
  server.setUserData(userData({ ...settings, site: ':8000' }));
  await server.restart();
  const reboot = await server.booted();
  report.check('cloud-init is content', reboot.status === 0, reboot.text);
  report.equal('the change is applied', (await server.run('curl -s http://127.0.0.1:8000/')).text, 'hello');
  report.equal('and reported', github.signals.at(-1)?.body.Status, 'SUCCESS');
  report.check(
    'swap is on again',
    (await server.run('swapon --show=NAME --noheadings | grep -x /var/swap/swapfile')).status === 0,
  );
  report.equal('the runner is back', (await server.run('systemctl is-active actions-runner')).text, 'active');
  report.check('and asks for jobs again', github.pollers.length > polled);
  report.equal('so is the version that ran', (await server.run("docker ps --format '{{.Names}}'")).text, 'blue');

  report.step('runner=ephemeral, where a runner was that stays');
  const become = async (runner: Runner) => {
    server.write(script, userData({ ...settings, site: ':8000' }, runner), '755');
    const { status, text } = await server.run(script);
    report.check('the bootstrap makes it so', status === 0, text);
  };
  await become('ephemeral');
  const amazonAddress = `http://amazon.test:${amazonPort}`;
  await checkOneJobRunner({ server, github, amazon, addresses, amazonAddress, report });

  report.step('runner=none, where a runner was');
  await become('none');
  await checkNoRunner(server, report);
  if (options.keep) await stay(`The server runs on: docker exec -it ${server.name} bash`);
}

/** Waits until more than so many downloads have begun. */
async function downloading(count: number): Promise<void> {
  await until(() => github.downloads.length > count, { timeout: 120_000, interval: 50 });
}

/** Lines that are in one state and not in the other. */
function difference(before: readonly string[], after: readonly string[]): string[] {
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

await hold(new Report(), rehearse);
