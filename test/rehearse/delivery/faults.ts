// What may befall a server: killed deploys, a full disk, crashes, reboots.

import { setTimeout as sleep } from 'node:timers/promises';
import { deploy, statusOf } from './deploying.ts';
import type { Play } from './load-test.ts';

/** The steps of deploy.sh, in their order. */
const steps = ['pulling', 'starting', 'waiting', 'switching', 'watching', 'keeping', 'draining', 'logging', 'pruning'];

/** Kills deploy.sh in each of its steps; what serves goes on, and the next deploy mends. */
export async function killInEachStep(play: Play, watchSeconds: number): Promise<void> {
  for (const step of steps) {
    await play.scene(`kill -9 of deploy.sh while ${step}, and the next deploy`, async () => {
      const image = await play.nextVersion();
      let killed = Promise.resolve();
      const kill = async () => {
        await play.site.server.run("pkill --signal KILL --full '[d]eploy.sh'");
      };
      const { status, text } = await deploy(play.site, `deploy.sh ${image}`, {
        watchSeconds,
        onStep: (begun) => {
          // In the middle of the step, where it has a middle.
          if (begun === step) killed = sleep(200).then(kill);
        },
      });
      await killed;
      play.report.check('it is killed', status === 137 || (step === 'pruning' && status === 0), { status, text });
      await play.deployGood({ watchSeconds });
      await play.expectOnly(await play.liveImage());
    });
  }
}

/** A deploy that is cancelled, as GitHub does it, goes back by itself. */
export async function cancel(play: Play): Promise<void> {
  const before = await play.liveImage();
  await play.scene('a deploy that is cancelled while watching', async () => {
    const { status, text } = await deploy(play.site, `deploy.sh ${await play.nextVersion()}`, {
      watchSeconds: 30,
      onStep: (begun) => {
        if (begun === 'watching') void play.site.server.run("pkill --signal TERM --full '[d]eploy.sh'");
      },
    });
    play.report.check('it ends, and says why', status === 143 && /it was cancelled/.test(text), { status, text });
    await play.expectOnly(before);
  });
}

export async function fillDisk(play: Play, watchSeconds: number): Promise<void> {
  const before = await play.liveImage();
  await play.scene('a deploy on a full disk', async () => {
    const image = await play.nextVersion();
    await play.site.server.run('cat /dev/zero >/var/lib/docker/filler');
    const { status, text } = await deploy(play.site, `deploy.sh ${image}`, { watchSeconds });
    play.report.check('the deploy fails, and says why', status === 1 && /no space left/.test(text), text);
    await play.site.server.run('rm /var/lib/docker/filler');
    await play.expectOnly(before);
  });
  await play.scene('the next deploy, with room again', async () => {
    await play.deployGood({ watchSeconds });
  });
}

/** Requests that the app was answering when it crashed are lost; the next ones wait for it. */
export async function crashApp(play: Play): Promise<void> {
  const before = await play.liveImage();
  await play.scene(
    'a crash of the app (requests may be lost)',
    async () => {
      const { live } = await statusOf(play.site);
      await play.site.server.run(`pkill --signal KILL --full '[a]pp/server.ts'`);
      await sleep(4000);
      const after = await statusOf(play.site);
      play.report.equal(
        'it is back by itself',
        [after.live?.image, after.live?.ready, after.live?.restarts],
        [before, true, (live?.restarts ?? 0) + 1],
      );
    },
    { mayFail: true },
  );
}

export async function reboot(play: Play): Promise<void> {
  const before = await play.liveImage();
  await play.scene(
    'a reboot of the server (requests may be lost)',
    async () => {
      await play.site.server.restart();
      play.load.moveTo(play.site.server.address);
      await play.site.server.booted();
      for (let attempt = 0; attempt < 100; attempt += 1) {
        const { live } = await statusOf(play.site);
        if (live?.ready) break;
        await sleep(200);
      }
      await sleep(1000);
    },
    { mayFail: true },
  );
  await play.scene('after the reboot', async () => {
    await play.expectOnly(before);
    await sleep(2000);
  });
}
