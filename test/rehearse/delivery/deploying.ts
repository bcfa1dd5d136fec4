// Deploys as the workflow does: the script of the checkout, as the runner's user.

import type { Site } from './site.ts';

export interface Deployed {
  readonly status: number | null;
  readonly text: string;
  /** How long each step of the script took, in seconds, by its first word. */
  readonly steps: ReadonlyMap<string, number>;
  readonly seconds: number;
}

export interface DeploySettings {
  readonly watchSeconds: number;
  readonly readySeconds?: number;
  /** Told of each step as it begins, by its first word. */
  readonly onStep?: (step: string) => void;
}

/** Runs deploy.sh, or another script of infra/host/, with its arguments. */
export async function deploy(site: Site, command: string, settings: DeploySettings): Promise<Deployed> {
  const { watchSeconds, readySeconds = 60, onStep } = settings;
  const began = performance.now();
  const starts: { step: string; at: number }[] = [];
  const [script = '', ...rest] = command.split(' ');
  const environment = `WATCH_SECONDS=${watchSeconds} READY_SECONDS=${readySeconds}`;
  const { status, text } = await site.server.watch(
    `HOME=/home/runner ${environment} ${site.script(script)} ${rest.join(' ')}`,
    'runner',
    (line) => {
      const step = /^\d\d:\d\d:\d\d (\w+)/.exec(line)?.[1];
      if (!step) return;
      starts.push({ step, at: performance.now() });
      onStep?.(step);
    },
  );
  const ended = performance.now();
  const steps = new Map(
    starts.map(({ step, at }, index) => [step, ((starts[index + 1]?.at ?? ended) - at) / 1000] as const),
  );
  return { status, text, steps, seconds: (ended - began) / 1000 };
}

/** What status.sh --json says. */
export interface Status {
  readonly live: { colour: string; ready: boolean; image: string; release: string; restarts: number } | null;
  readonly other: { colour: string } | null;
  readonly deploying: boolean;
  readonly history: readonly { action: string; result: string; image: string; reason?: string }[];
}

export async function statusOf({ server, script }: Site): Promise<Status> {
  const { status, text } = await server.run(`${script('status.sh')} --json`, 'root');
  if (status !== 0) throw new Error(`status.sh failed:\n${text}`);
  return JSON.parse(text);
}
