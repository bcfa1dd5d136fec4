// A fleet: the ECS service that the stack made with size=fleet, whose cluster has the same name.

import { ToolError } from '../../tool-error.ts';
import type { DeployTarget } from '../deploy-target.ts';
import { tellPrevious } from '../previous-image.ts';
import type { FleetPlace } from './ask-ecs.ts';
import { currentBase, describeRevision, type Revision, registerRevision, wasDeployed } from './definition.ts';
import { type RollOutOptions, rollOut, servingRevision } from './roll-out.ts';
import { describeService, primaryOf } from './service.ts';

const CANCELLED = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
/** How many revisions back `status` tells of. */
const TOLD = 10;

export interface FleetOptions {
  /** How long a deploy may take, in seconds. */
  readonly seconds: number;
  /** How often the service is asked, in milliseconds. */
  readonly pollMs: number;
}

/** @param where `REGION/NAME` */
export function fleetTarget(
  where: string,
  { seconds, pollMs }: FleetOptions = { seconds: 900, pollMs: 5000 },
): DeployTarget {
  const [region = '', name = ''] = where.split('/');
  const place: FleetPlace = { region, name };
  const earlier = ({ before }: Revision) => (before ? describeRevision(place, before) : undefined);
  const roll = (image: string, before: Revision | undefined, serving: Revision) =>
    whileCancellable(async (cancelled) => {
      const began = performance.now();
      step(`registering ${image}`);
      const revision = registerRevision(place, image, before?.arn);
      const options: RollOutOptions = { tell: step, warn: console.error, cancelled, seconds, pollMs };
      if (!(await rollOut(place, revision, serving, options))) return 1;
      console.log(`${image} is live, after ${Math.round((performance.now() - began) / 1000)} s`);
      return 0;
    });
  return {
    deploy: async (image) => {
      const service = describeService(place);
      const serving = servingRevision(place, service);
      const settled = primaryOf(service).taskDefinition === serving.arn;
      if (settled && serving.image === image && serving.base === currentBase(place)) {
        console.log(`${image} is live already.`);
        tellPrevious(image);
        return 0;
      }
      // The same image anew, for another setting of the stack, has the same way back.
      const before = serving.image === image ? earlier(serving) : serving;
      const code = await roll(image, before && wasDeployed(before) ? before : undefined, serving);
      if (code === 0 && wasDeployed(serving)) tellPrevious(serving.image);
      return code;
    },
    rollback: async (image) => {
      const service = describeService(place);
      const serving = servingRevision(place, service);
      if (serving.image === image && primaryOf(service).taskDefinition === serving.arn) {
        console.log(`${image} is live already.`);
        return 0;
      }
      const target = earlier(serving);
      if (image !== undefined && image !== target?.image)
        return roll(image, wasDeployed(serving) ? serving : undefined, serving);
      if (!target) throw new ToolError('There is nothing to go back to: no other version has been live.');
      return roll(target.image, earlier(target), serving);
    },
    status: async () => {
      const service = describeService(place);
      const serving = servingRevision(place, service);
      const primary = primaryOf(service);
      console.log(
        wasDeployed(serving)
          ? `live: ${serving.image}\n      ${service.runningCount} of ${service.desiredCount} containers run, since ${day(primary.updatedAt)}`
          : 'live: the page that waits for a first deploy',
      );
      if (primary.taskDefinition !== serving.arn) {
        console.log(
          `a deploy is at work: ${primary.runningCount} of ${primary.desiredCount} containers of ${describeRevision(place, primary.taskDefinition).image} run`,
        );
      }
      let revision = earlier(serving);
      for (let told = 0; revision && told < TOLD; told += 1, revision = earlier(revision))
        console.log(`before: ${revision.image}, of ${day(revision.registeredAt)}`);
      return 0;
    },
  };
}

const step = (text: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${text}`);

/** The AWS CLI tells times in seconds, or as text, by its version. */
const day = (time: string | number | undefined) =>
  time === undefined
    ? 'an unknown day'
    : `${new Date(typeof time === 'number' ? time * 1000 : time).toISOString().slice(0, 19)}Z`;

/** Does something that signals cancel; its exit code is then that of a shell. */
async function whileCancellable(action: (cancelled: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  let cancelledWith: number | undefined;
  const cancel = (signal: keyof typeof CANCELLED) => {
    cancelledWith ??= CANCELLED[signal];
    controller.abort();
  };
  const signals = Object.keys(CANCELLED) as (keyof typeof CANCELLED)[];
  for (const signal of signals) process.on(signal, cancel);
  try {
    const code = await action(controller.signal);
    return code === 0 ? 0 : (cancelledWith ?? code);
  } finally {
    for (const signal of signals) process.off(signal, cancel);
  }
}
