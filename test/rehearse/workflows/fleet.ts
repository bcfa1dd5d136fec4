// size=fleet: an ECS service with containers behind a load balancer, deployed to from GitHub's machines.

import { deploysWell, failsClearly, goesBackUnseen, type Target } from './chosen-image.ts';
import { type ContainerService, servedBy } from './container-service.ts';
import { type Context, settingsOf } from './context.ts';
import type { OtherVersions } from './other-versions.ts';

export async function deploysToFleet(
  context: Context,
  service: ContainerService,
  versions: OtherVersions,
): Promise<void> {
  const { report, targets } = context;
  const url = await service.open();
  const target: Target = {
    title: 'The fleet',
    settings: settingsOf(context, 'fleet', url),
    machine: 'ubuntu24',
    serves: servedBy(service, url),
  };
  const good = await versions('good 1');
  await deploysWell(context, target, good);
  await failsClearly(context, target, await versions('crashes at start'));
  const unseen = await goesBackUnseen(context, target, await versions('good 2'));
  const log = unseen.jobs.get('rollback')?.log ?? '';
  report.check('the job that went back says to what', log.includes(`${good} is live, after`), log);
  report.equal(
    'all that was asked of Amazon ECS is what the stack allows',
    [...service.asked].filter((action) => !targets.fleet.rights.has(action)),
    [],
  );
}
