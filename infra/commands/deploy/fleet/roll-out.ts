// One deploy to a fleet: the service starts containers of the new version beside the old ones, moves the traffic as they are ready,
// and goes back by itself where they fail. This begins it, follows it to its end, and says what came of it.

import { setTimeout as sleep } from 'node:timers/promises';
import type { FleetPlace } from './ask-ecs.ts';
import { describeRevision, type Revision, registerAgain, wasDeployed } from './definition.ts';
import {
  type Deployment,
  describeService,
  primaryOf,
  type Service,
  servingOf,
  updateService,
  whyContainersEnded,
} from './service.ts';

export interface RollOutOptions {
  /** Told of each step. */
  readonly tell: (line: string) => void;
  /** Told of what went wrong. */
  readonly warn: (line: string) => void;
  /** Ends it: what served before is put back. */
  readonly cancelled: AbortSignal;
  /** How long it may take, in seconds. */
  readonly seconds: number;
  /** How often the service is asked, in milliseconds. */
  readonly pollMs: number;
}

type Outcome = { readonly live: true } | { readonly live: false; readonly reason: string; readonly byItself: boolean };

/**
 * Rolls out a revision; tells whether it is live.
 *
 * @param before what serves now
 */
export async function rollOut(
  place: FleetPlace,
  revision: Revision,
  before: Revision,
  options: RollOutOptions,
): Promise<boolean> {
  const { tell, warn } = options;
  tell('starting containers of the new version beside the old ones');
  const begun = updateService(place, revision.arn);
  const outcome = await follow(place, begun, options);
  if (outcome.live) return true;
  warn(`FAILED: ${outcome.reason}`);
  if (!outcome.byItself) {
    tell('going back');
    updateService(place, before.arn);
  }
  // CloudFormation knows the family alone, and takes its newest revision.
  registerAgain(place, before.arn);
  const served = wasDeployed(before) ? before.image : 'The page that waits for a first deploy';
  warn(`${served} is live, as before.`);
  return false;
}

async function follow(place: FleetPlace, begun: Deployment, options: RollOutOptions): Promise<Outcome> {
  const { cancelled, pollMs, seconds, tell } = options;
  const end = performance.now() + seconds * 1000;
  let said = '';
  for (;;) {
    const service = describeService(place);
    const outcome = outcomeOf(place, begun, service);
    if (outcome) return outcome;
    const progress = progressOf(begun, service);
    if (progress !== said) tell(progress);
    said = progress;
    if (performance.now() > end) return { live: false, byItself: false, reason: notInTime(seconds, service) };
    await sleep(pollMs, undefined, { signal: cancelled }).catch(() => {});
    if (cancelled.aborted) return { live: false, byItself: false, reason: 'it was cancelled' };
  }
}

/** What came of a deployment; undefined while it is at work. */
function outcomeOf(place: FleetPlace, begun: Deployment, service: Service): Outcome | undefined {
  const deployment = service.deployments.find(({ id }) => id === begun.id);
  if (deployment?.rolloutState === 'COMPLETED') return { live: true };
  if (deployment?.status === 'PRIMARY' && deployment.rolloutState !== 'FAILED') return undefined;
  // One that failed leaves the list once the service has gone back; so does one that another deploy took the place of.
  const said = deployment?.rolloutStateReason || service.events[0]?.message || 'the service went back';
  const why = whyContainersEnded(place, begun.taskDefinition);
  return {
    live: false,
    byItself: primaryOf(service).taskDefinition !== begun.taskDefinition,
    reason: why ? `${said} (${why})` : said,
  };
}

function progressOf(begun: Deployment, service: Service): string {
  const own = service.deployments.find(({ id }) => id === begun.id);
  const old = service.deployments
    .filter(({ id }) => id !== begun.id)
    .reduce((sum, { runningCount }) => sum + runningCount, 0);
  const still = old > 0 ? `, ${old} of the old one` : '';
  return `waiting: ${own?.runningCount ?? 0} of ${own?.desiredCount ?? 0} containers of the new version run${still}`;
}

const notInTime = (seconds: number, { events }: Service) =>
  `it is not live after ${Math.round(seconds / 60)} minutes; the service said last: ${events[0]?.message ?? 'nothing'}`;

/** The revision that serves. */
export const servingRevision = (place: FleetPlace, service: Service): Revision =>
  describeRevision(place, servingOf(service).taskDefinition);
