// npm run rehearse:fleet: three containers of the image behind a load balancer, and everything that befalls a fleet, while people use it.

import { setTimeout as sleep } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { writeJson } from '../../cli/output.ts';
import { Load } from './delivery/load.ts';
import { printTable } from './delivery/table.ts';
import { buildVersion } from './delivery/versions.ts';
import { type Algorithm, Balancer } from './fleet/balancer.ts';
import { FleetTest } from './fleet/fleet-test.ts';
import { Service } from './fleet/service.ts';
import { askSlowly } from './fleet/slow-request.ts';
import { Task, type Version } from './fleet/task.ts';
import { FACTOR, shortened, UNTOLD_DRAIN_SECONDS } from './fleet/timing.ts';
import { APP_IMAGE, buildAppImage, recordOfRelease } from './images/app-image.ts';
import { demand } from './process.ts';
import { hold, type Rehearsal } from './rehearsal.ts';
import { Report } from './report.ts';
import { until } from './until.ts';

const options = new Command('npm run rehearse:fleet --')
  .description(
    'Builds the image, and runs three containers of it behind a load balancer that does what one of Amazon does, under constant\n' +
      `load: deploys of good and broken versions, a container that is killed, one that hangs, more containers and fewer. Its intervals\n` +
      `are ${FACTOR} times shorter than in an account. Needs a Docker engine; no account. Prints what people got meanwhile.`,
  )
  .option('--short', 'fewer deploys', false)
  .option(
    '--offline',
    'build a stand-in for the base image from Debian packages first, where no registry answers',
    false,
  )
  .addOption(
    new Option('--algorithm <name>', 'how the balancer chooses a target')
      .choices(['round_robin', 'least_outstanding_requests'])
      .default('round_robin'),
  )
  .option('--json <file>', 'write the table to a file as well')
  .addHelpText(
    'after',
    '\nExamples:\n  npm run rehearse:fleet\n  npm run rehearse:fleet -- --short --offline\n  npm run rehearse:fleet -- --algorithm least_outstanding_requests',
  )
  .parse()
  .opts<{ short: boolean; offline: boolean; algorithm: Algorithm; json?: string }>();

const goodDeploys = options.short ? 1 : 5;
const SIZE = 3;
/** Each kind of request once on a kept connection, and once without: all containers share the processors of this machine. */
const CLIENTS = 6;
/** How much of the time that a target has to answer what it has, slow clients take to send it. */
const SLOW = 0.6;
const PATIENCE = { timeout: 120_000, interval: 100 };
const tagOf = (name: string) => `plumbline-rehearsal-fleet:${name.replaceAll(' ', '-')}`;
const named = (name: string): Version => ({ image: tagOf(name) });

async function rehearse({ report, folder, atEnd }: Rehearsal): Promise<void> {
  report.step('Training, and building the image');
  await buildAppImage(APP_IMAGE, options.offline);
  const names = [
    'good 0',
    ...Array.from({ length: goodDeploys }, (_, i) => `good ${i + 1}`),
    'never ready',
    'crashes at start',
  ];
  atEnd(() => demand('docker', ['image', 'rm', ...names.map(tagOf)]).catch(() => {}));
  for (const name of names) await buildVersion(APP_IMAGE, name, tagOf(name), folder);

  report.step(
    `Starting ${SIZE} containers behind the balancer; its intervals are ${FACTOR} times shorter than in an account`,
  );
  atEnd(() => Task.removeAll());
  const balancer = new Balancer('/readyz', options.algorithm);
  atEnd(() => balancer.close());
  const port = await balancer.listen();
  const service = new Service(balancer, named('good 0'), SIZE);
  atEnd(() => service.end());
  service.begin();
  report.check('all are healthy', await until(() => service.steady, PATIENCE));

  const record = await recordOfRelease();
  // What is lost is the balancer's to say, so clients have more patience than that.
  const patienceMs = shortened('idleTimeout') + 10_000;
  const load = new Load('127.0.0.1', record, { port, clients: CLIENTS, patienceMs });
  atEnd(() => load.end());
  const test = new FleetTest(balancer, service, load, report);
  await deploys(test);
  await losses(test);
  await scaling(test, port, record);
  await load.stop();
  console.log(`\n${printTable(test.rows)}\n`);
  await writeJson(options.json, { factor: FACTOR, algorithm: options.algorithm, phases: test.rows });
}

async function deploys(test: FleetTest): Promise<void> {
  const { service, report } = test;
  await test.phase('nothing, for comparison', async () => void (await sleep(3000)));
  let good = named('good 0');
  for (let i = 1; i <= goodDeploys; i += 1) {
    await test.phase(`good deploy ${i} of ${goodDeploys}`, async () => {
      good = named(`good ${i}`);
      service.deploy(good);
      await test.settle();
      test.expectVersion(good);
      report.equal('the containers before it have ended by themselves', [...new Set(service.exitCodes.values())], [0]);
      return undefined;
    });
  }
  for (const fault of ['never ready', 'crashes at start']) {
    await test.phase(`a version that ${fault === 'never ready' ? 'is never ready' : fault}`, async () => {
      service.deploy(named(fault));
      report.check('it is given up', await until(() => service.rolledBack, PATIENCE));
      await test.settle();
      test.expectVersion(good);
      return undefined;
    });
  }
}

/** A container is lost in each of the ways in which one may be. */
async function losses(test: FleetTest): Promise<void> {
  const { service } = test;
  const victim = () => service.tasks[0] as Task;
  await test.phase('a container that is killed (kill -9)', async () => {
    const task = victim();
    await task.kill();
    await task.exited;
    await test.settle();
    return task;
  });
  await test.phase('one that hangs (SIGSTOP)', async () => {
    const task = victim();
    await task.freeze();
    await until(() => !service.tasks.includes(task), PATIENCE);
    await test.released(task);
    await test.settle();
    return task;
  });
  const patient = { ...victim().version, drainSeconds: UNTOLD_DRAIN_SECONDS };
  await test.phase('another setting: DRAIN_SECONDS', async () => {
    service.deploy(patient);
    await test.settle();
    return undefined;
  });
  await test.phase('one that is stopped without the balancer being told', async () => {
    const task = victim();
    test.report.equal('it ends by itself', await task.stop(), 0);
    await test.settle();
    return undefined;
  });
}

async function scaling(test: FleetTest, port: number, record: unknown): Promise<void> {
  const { service, report, balancer } = test;
  await test.phase(`from ${SIZE} to 5 containers`, async () => {
    service.scale(5);
    await test.settle();
    return undefined;
  });
  await test.phase('from 5 to 2, while clients on slow lines send', async () => {
    const before = service.tasks;
    const slow = Array.from({ length: 10 }, () => askSlowly(port, record, shortened('deregistrationDelay') * SLOW));
    await until(() => before.every(({ id }) => balancer.record.outstanding(id) > 0), { timeout: 2000, interval: 20 });
    service.scale(2);
    report.equal('all of them are answered', await Promise.all(slow), Array(slow.length).fill(undefined));
    await test.settle();
    const gone = before.filter((task) => !service.tasks.includes(task));
    report.equal(
      'three are gone, by themselves',
      gone.map(({ exitCode }) => exitCode),
      [0, 0, 0],
    );
    return undefined;
  });
}

await hold(new Report(), rehearse);
