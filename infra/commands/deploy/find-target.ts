// Where images are deployed to, and how that place is found: by a locator, which the stack tells the repository's workflows as
// the variable DEPLOY_TARGET.

import { existsSync } from 'node:fs';
import { readOutputs, type StackPlace } from '../stack-outputs.ts';
import { ToolError } from '../tool-error.ts';
import type { DeployTarget } from './deploy-target.ts';
import { fleetTarget } from './fleet/fleet-target.ts';
import { serverTarget } from './server-target.ts';
import { systemsManagerTarget } from './systems-manager-target.ts';

export interface TargetOptions extends StackPlace {
  /** Its locator. @default the server where this is one, else what the stack says */
  readonly target?: string;
}

/** The kinds of targets, by how their locators begin; what follows a slash is the target's own. */
const kinds: Readonly<Record<string, (place: string) => DeployTarget>> = {
  server: () => serverTarget(),
  'systems-manager': systemsManagerTarget,
  fleet: (place) => fleetTarget(place),
};

/** What only a server has that this stack made. */
const HOST_SETTINGS = '/etc/plumbline/host.env';

/** @throws ToolError where nothing says which target, or one that this version does not know */
export function findTarget({ target, ...place }: TargetOptions): DeployTarget {
  const locator = target?.trim() || (existsSync(HOST_SETTINGS) ? 'server' : targetOf(place));
  const [kind = '', ...rest] = locator.split('/');
  const make = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!make)
    throw new ToolError(
      `${locator} is no target that this version deploys to (${Object.keys(kinds).join(', ')}). npm run github:setup sets the variable DEPLOY_TARGET anew.`,
    );
  return make(rest.join('/'));
}

function targetOf(place: StackPlace): string {
  const { DeployTarget } = readOutputs(place);
  if (DeployTarget) return DeployTarget;
  throw new ToolError(
    `The stack ${place.stack} says of no target, so an older version made it. Run npx cdk deploy first.`,
  );
}
