// Faults injected into a server: killed deploys, a full disk, crashes, reboots.

import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../until.ts';
import { deploy, statusOf } from './deploying.ts';
import type { LoadTest } from './load-test.ts';

/** The steps of deploy.sh, in their order. */
const steps = ['pulling', 'starting', 'waiting', 'switching', 'watching', 'keeping', 'draining', 'logging', 'pruning'];
/** These may be over before they are killed. */
const short = ['logging', 'pruning'];

/** Kills deploy.sh in each of its steps; what serves goes on, and the next deploy mends. */
export async function killInEachStep(test: LoadTest, watchSeconds: number): Promise<void> {
  for (const step of steps) {
    await test.phase(`kill -9 of deploy.sh while ${step}, and the next deploy`, async () => {
      const image = await test.nextVersion();
      let killed = Promise.resolve();
      const kill = async () => {
        await test.site.server.run("pkill --signal KILL --full '[d]eploy.sh'");
      };
      const { status, text } = await deploy(test.site, `deploy.sh ${image}`, {
        watchSeconds,
        onStep: (begun) => {
          // In the middle of the step, where it has a middle.
          if (begun === step) killed = sleep(short.includes(step) ? 50 : 200).then(kill);
        },
      });
      await killed;
      test.report.check('it is killed', status === 137 || (short.includes(step) && status === 0), { status, text });
      await test.deployGood({ watchSeconds });
      await test.expectOnly(await test.liveImage());
    });
  }
}

/** A deploy that is cancelled, as GitHub does it, goes back by itself. */
export async function cancel(test: LoadTest): Promise<void> {
  const before = await test.liveImage();
  await test.phase('a deploy that is cancelled while watching', async () => {
    const { status, text } = await deploy(test.site, `deploy.sh ${await test.nextVersion()}`, {
      watchSeconds: 30,
      onStep: (begun) => {
        if (begun === 'watching') void test.site.server.run("pkill --signal TERM --full '[d]eploy.sh'");
      },
    });
    test.report.check('it ends, and says why', status === 143 && /it was cancelled/.test(text), { status, text });
    await test.expectOnly(before);
  });
}

export async function fillDisk(test: LoadTest, watchSeconds: number): Promise<void> {
  const before = await test.liveImage();
  await test.phase('a deploy on a full disk', async () => {
    const image = await test.nextVersion();
    await test.site.server.run('cat /dev/zero >/var/lib/docker/filler');
    const { status, text } = await deploy(test.site, `deploy.sh ${image}`, { watchSeconds });
    test.report.check('the deploy fails, and says why', status === 1 && /no space left/.test(text), text);
    await test.site.server.run('rm /var/lib/docker/filler');
    await test.expectOnly(before);
  });
  await test.phase('the next deploy, with room again', async () => {
    await test.deployGood({ watchSeconds });
  });
}

/** Nothing runs in the app for some seconds, as on a disk or processors that others hold: requests are late, none is lost. */
export async function stallApp(test: LoadTest): Promise<void> {
  await test.phase('a stall of the app for eight seconds', async () => {
    const signal = (name: string) => test.site.server.run(`pkill --signal ${name} --full '[b]uilt/server.mjs'`);
    await signal('STOP');
    await sleep(8000);
    await signal('CONT');
    await sleep(2000);
  });
}

/** Requests that the app was answering when it crashed are lost; the next ones wait for it. */
export async function crashApp(test: LoadTest): Promise<void> {
  const before = await test.liveImage();
  await test.phase(
    'a crash of the app (requests may be lost)',
    async () => {
      const { live } = await statusOf(test.site);
      await test.site.server.run(`pkill --signal KILL --full '[b]uilt/server.mjs'`);
      await sleep(4000);
      const after = await statusOf(test.site);
      test.report.equal(
        'it is back by itself',
        [after.live?.image, after.live?.ready, after.live?.restarts],
        [before, true, (live?.restarts ?? 0) + 1],
      );
    },
    { mayFail: true },
  );
}

export async function reboot(test: LoadTest): Promise<void> {
  const before = await test.liveImage();
  await test.phase(
    'a reboot of the server (requests may be lost)',
    async () => {
      await test.site.server.restart();
      test.load.moveTo(test.site.server.address);
      await test.site.server.booted();
      await until(async () => (await statusOf(test.site)).live?.ready === true, { timeout: 60_000, interval: 200 });
      await sleep(1000);
    },
    { mayFail: true },
  );
  await test.phase('after the reboot', async () => {
    await test.expectOnly(before);
    await sleep(2000);
  });
}
