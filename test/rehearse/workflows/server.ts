// The server as the workflows deploy to it.

import { z } from 'zod';
import type { Site } from '../delivery/site.ts';

export interface DeployTarget {
  /** Where people reach it. */
  readonly url: string;
  /** What it says that it serves; nothing before the first deploy. */
  readonly serves: () => Promise<Served>;
}

interface Served {
  readonly image?: string | undefined;
  readonly release?: string | undefined;
}

const status = z.object({ live: z.object({ image: z.string(), release: z.string(), ready: z.boolean() }).nullable() });

export function deployTarget({ server, script }: Site): DeployTarget {
  const url = `http://${server.address}`;
  const serves = async () => {
    const { text } = await server.run(`${script('status.sh')} --json`, 'runner');
    const { live } = status.parse(JSON.parse(text));
    if (!live) return {};
    // What it says of itself is not enough: the way that people take, through Caddy, has to lead there.
    // Where nothing answers there, the server itself is broken, and this throws: no scenario may pass by that.
    const answer = await fetch(`${url}/readyz`);
    const { release } = (await answer.json()) as { release?: string };
    return { image: live.image, release };
  };
  return { url, serves };
}
