// The server that this runs on, as its own runner: infra/host/ has the scripts.

import { fileURLToPath } from 'node:url';
import type { DeployTarget } from './deploy-target.ts';
import { relay } from './relay.ts';

const script = (name: string) => fileURLToPath(new URL(`../../host/${name}`, import.meta.url));

export const serverTarget = (): DeployTarget => ({
  deploy: (image) => relay(script('deploy.sh'), [image]),
  rollback: (image) => relay(script('rollback.sh'), image === undefined ? [] : [image]),
  status: () => relay(script('status.sh'), []),
});
