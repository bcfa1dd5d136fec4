// npm run rehearse: from data to a live service, and everything that can go wrong on the way, while people use it.

import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { writeJson } from '../../cli/output.ts';
import { checkAccessLog } from './delivery/access-log.ts';
import { askAtOnce } from './delivery/at-once.ts';
import { deploy, statusOf } from './delivery/deploying.ts';
import { cancel, crashApp, fillDisk, killInEachStep, reboot, stallApp } from './delivery/faults.ts';
import { Load } from './delivery/load.ts';
import { LoadTest } from './delivery/load-test.ts';
import { bootSite, type Site } from './delivery/site.ts';
import { printTable } from './delivery/table.ts';
import { logIn, makeVersions } from './delivery/versions.ts';
import { buildImage } from './host/server.ts';
import { APP_IMAGE, buildAppImage, recordOfRelease } from './images/app-image.ts';
import { hold, type Rehearsal } from './rehearsal.ts';
import { Report } from './report.ts';

const options = new Command('npm run rehearse --')
  .description(
    'Trains, builds the image, pushes it to a registry with a password, boots a server with its real bootstrap, and\n' +
      'deploys to it under constant load: good versions, broken ones, rollbacks, a reboot, a deploy that is killed in each\n' +
      'of its steps, a full disk. Needs a Docker engine; no account. Prints what people got meanwhile.',
  )
  .option('--short', 'fewer deploys, and less patience with versions that do not come up', false)
  .option(
    '--offline',
    'build a stand-in for the base image from Debian packages first, where no registry answers',
    false,
  )
  .option('--json <file>', 'write the table to a file as well')
  .option('--keep', 'leave the server running afterwards, for a look, until Ctrl+C', false)
  .addHelpText(
    'after',
    '\nExamples:\n  npm run rehearse\n  npm run rehearse -- --short --offline\n  npm run rehearse -- --json table.json',
  )
  .parse()
  .opts<{ short: boolean; offline: boolean; json?: string; keep: boolean }>();

const goodDeploys = options.short ? 3 : 10;
const watchSeconds = options.short ? 2 : 5;
const readySeconds = options.short ? 5 : 60;
const [fewDeploys, manyDeploys] = [6, 30];
// Logs and the engine's own records come and go.
const DISK_TOLERANCE = 1.01;

async function rehearse(rehearsal: Rehearsal): Promise<void> {
  const { report, folder, atEnd, stay } = rehearsal;
  report.step('Training, and building the image');
  console.log(indent(await buildAppImage(APP_IMAGE, options.offline)));

  report.step('Booting the server');
  const site = await bootSite('plumbline-rehearsal-site', buildImage(), rehearsal);
  atEnd(await logIn(site.registry));
  const version = makeVersions(APP_IMAGE, site.registry, folder);

  report.step('The first deploy');
  const first = await deploy(site, `deploy.sh ${await version('good 0')}`, { watchSeconds });
  report.check('succeeds', first.status === 0, first.text);
  await checkConfinement(site, report);
  await checkAccessLog(site, report, '/first');
  const again = await deploy(site, `deploy.sh ${await version('good 0')}`, { watchSeconds });
  report.check('the same again changes nothing', again.status === 0 && /is live already/.test(again.text), again.text);

  const load = new Load(site.server.address, await recordOfRelease());
  atEnd(() => load.end());
  const test = new LoadTest(site, load, version, report);
  // Made beforehand: making them takes this machine's time from those who are at work.
  for (let i = 0; i < 12; i += 1) await version(`good ${i}`);
  await runPhases(test);
  await load.stop();
  await conclude(test);
  if (options.keep) await stay(`The server runs on: docker exec -it ${site.server.name} bash`);
}

/** What the app may use and do on the server. */
async function checkConfinement({ server }: Site, report: Report): Promise<void> {
  const { text } = await server.run('docker container inspect plumbline-blue');
  const [{ Config, HostConfig }] = JSON.parse(text);
  report.equal(
    'it is confined: nobody special, read-only, without capabilities, bounded',
    [
      Config.User,
      HostConfig.ReadonlyRootfs,
      HostConfig.CapDrop,
      HostConfig.SecurityOpt,
      HostConfig.Memory,
      HostConfig.NanoCpus,
      HostConfig.PidsLimit,
      HostConfig.PortBindings,
    ],
    [
      'node',
      true,
      ['ALL'],
      ['no-new-privileges'],
      2 ** 30,
      1.5e9,
      256,
      {
        '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '8081' }],
        '9090/tcp': [{ HostIp: '127.0.0.1', HostPort: '9081' }],
      },
    ],
  );
  const { text: figures } = await server.run('STATE_DIRECTORY=$(mktemp -d) /var/lib/plumbline/bin/figures.sh');
  report.check('it tells the server what it has counted', /^,"requests":\d+/.test(figures), figures);
}

async function runPhases(test: LoadTest): Promise<void> {
  await test.phase('nothing, for comparison', () => sleep(5000));
  await askAtOnce(test, await recordOfRelease());
  for (let i = 1; i <= goodDeploys; i += 1)
    await test.phase(`good deploy ${i} of ${goodDeploys}`, async () => {
      test.deploys.push(await test.deployGood({ watchSeconds }));
    });
  const settings = { watchSeconds, readySeconds };
  await test.phase('an image that crashes at start', () =>
    test.deployBad('crashes at start', /This version ends at once/, settings),
  );
  await test.phase('one that never becomes ready', () => test.deployBad('never ready', /not ready after/, settings));
  await test.phase('one whose model is corrupt', () =>
    test.deployBad('corrupt model', /model\.json of release \w+ is truncated/, settings),
  );
  const bad = await test.phase(
    'one that turns to 5xx after the switch (requests fail)',
    () => test.deployBad('turns bad', /requests \d+ failed \(5xx\)/, { watchSeconds: 10 }),
    { mayFail: true },
  );
  test.report.check('some of its answers were seen', bad.failed > 0);
  console.log(`    it was left ${((bad.lastFailure ?? 0) - (bad.firstFailure ?? 0)) / 1000} s after its first 5xx`);
  await test.phase('a rollback', () => rollBack(test));
  await killInEachStep(test, watchSeconds);
  await cancel(test);
  await fillDisk(test, watchSeconds);
  await stallApp(test);
  await crashApp(test);
  await reboot(test);
  await test.phase('a deploy after all that', async () => {
    await test.deployGood({ watchSeconds });
  });
  await checkAccessLog(test.site, test.report, '/last');
  if (!options.short) await deployMany(test);
}

/** Back to the version before, and then to the one before that. */
async function rollBack({ site, report }: LoadTest): Promise<void> {
  const lived = async () => {
    const { history } = await statusOf(site);
    return history.filter(({ result }) => result === 'live').map(({ image }) => image);
  };
  const [, previous, earlier] = await lived();
  for (const [expected, byHand] of [
    [previous, false],
    [earlier, true],
  ] as const) {
    const { status, text } = await deploy(site, 'rollback.sh', { watchSeconds, byHand });
    report.equal('the version before is live', [status, (await lived())[0]], [0, expected]);
    if (status !== 0) console.log(text);
  }
}

/** What deploys leave on the disk does not grow. */
async function deployMany(test: LoadTest): Promise<void> {
  await test.phase(`until there were ${manyDeploys} deploys`, async () => {
    while (test.succeeded < manyDeploys) await test.deployGood({ watchSeconds: 1 });
  });
  const [few = 0, many = 0] = [test.diskUse.get(fewDeploys), test.diskUse.get(manyDeploys)];
  const mebibytes = (kibibytes: number) => `${(kibibytes / 1024).toFixed(1)} MiB`;
  test.report.check(
    `the disk holds ${mebibytes(many)} after ${manyDeploys} deploys, and held ${mebibytes(few)} after ${fewDeploys}`,
    few > 0 && many <= few * DISK_TOLERANCE,
  );
}

async function conclude({ rows, deploys }: LoadTest): Promise<void> {
  const own = deploys.map(({ seconds, steps }) => seconds - (steps.get('watching') ?? 0) - (steps.get('pulling') ?? 0));
  console.log(`\n${printTable(rows)}\n`);
  console.log(
    `A good deploy took ${median(own).toFixed(1)} s at the median, ${Math.max(...own).toFixed(1)} at most, pull and watch aside:`,
  );
  for (const step of deploys[0]?.steps.keys() ?? [])
    console.log(`  ${step.padEnd(10)} ${median(deploys.map(({ steps }) => steps.get(step) ?? 0)).toFixed(1)} s`);
  await writeJson(options.json, rows);
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const indent = (text: string) => text.trim().replace(/^/gm, '    ');

await hold(new Report(), rehearse);
