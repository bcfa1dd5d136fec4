// The server that this runs on, as its own runner: infra/host/ has the scripts.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { DeployTarget } from './deploy-target.ts';
import { tellPrevious } from './previous-image.ts';
import { relay } from './relay.ts';

const host = fileURLToPath(new URL('../../host', import.meta.url));

/** So much time the server may take to say what is live. */
const STATUS_MS = 20_000;

const statusForm = z.object({ live: z.object({ image: z.string() }).nullable() });

/** @param scripts the folder of the host's scripts. @default those of this version */
export function serverTarget(scripts = host): DeployTarget {
  const script = (name: string) => join(scripts, name);
  return {
    deploy: async (image) => {
      const before = liveImage(script('status.sh'));
      const code = await relay(script('deploy.sh'), [image]);
      if (code === 0 && before !== undefined) tellPrevious(before);
      return code;
    },
    rollback: (image) => relay(script('rollback.sh'), image === undefined ? [] : [image]),
    status: () => relay(script('status.sh'), []),
  };
}

/** The image that is live; undefined where none is, or nobody can say. */
function liveImage(status: string): string | undefined {
  const { stdout } = spawnSync(status, ['--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: STATUS_MS,
  });
  try {
    return statusForm.parse(JSON.parse(stdout)).live?.image;
  } catch {
    // The deploy says what is wrong here.
    return undefined;
  }
}
