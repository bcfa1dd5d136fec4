// A server without a runner: the stack's document of Systems Manager has it deploy, and its agent tells how that ended.

import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { run } from '../tool.ts';
import { ToolError } from '../tool-error.ts';
import type { DeployTarget } from './deploy-target.ts';
import { tellPrevious } from './previous-image.ts';

/** Seconds that the server's agent may take to fetch a command. */
const DELIVERY_SECONDS = '60';
const POLL_MS = 2000;
/** How often it is said that nothing has ended yet. */
const TELL_MS = 15_000;

const cancelledBy = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const sent = z.object({ Command: z.object({ CommandId: z.string() }) });

const invocationForm = z.object({
  Status: z.string(),
  StatusDetails: z.string().default(''),
  ResponseCode: z.number(),
  StandardOutputContent: z.string().default(''),
  StandardErrorContent: z.string().default(''),
});
type Invocation = z.output<typeof invocationForm>;

/** While it has one of these it has not ended. */
const atWork = ['Pending', 'InProgress', 'Delayed', 'Cancelling'];

/** @param place `REGION/DOCUMENT/INSTANCE` */
export function systemsManagerTarget(place: string): DeployTarget {
  const [region = '', document = '', instance = ''] = place.split('/');
  const server = new Server(region, document, instance);
  return {
    deploy: (image) => server.deploy(image),
    rollback: async (image) => {
      if (image !== undefined) return server.deploy(image);
      throw new ToolError(
        'There is nothing to go back to: no version is known that was live before. Say which, as REPOSITORY@sha256:…; ' +
          'on the server, sudo /var/lib/plumbline/bin/rollback.sh finds the one before.',
      );
    },
    status: async () => {
      throw new ToolError(
        `Only the server knows. Open a shell there (aws ssm start-session --target ${instance} --region ${region}), then: sudo /var/lib/plumbline/bin/status.sh`,
      );
    },
  };
}

class Server {
  private readonly region: string;
  private readonly document: string;
  private readonly instance: string;

  constructor(region: string, document: string, instance: string) {
    this.region = region;
    this.document = document;
    this.instance = instance;
  }

  /** Sends the digest, follows the command to its end, and gives its exit code. */
  async deploy(image: string): Promise<number> {
    const digest = image.slice(image.indexOf('@') + 1);
    const cancelled = new AbortController();
    const cancel = (signal: NodeJS.Signals) => cancelled.abort(signal);
    for (const signal of cancelledBy) process.on(signal, cancel);
    try {
      const command = this.send(digest);
      console.error(`Sent to ${this.instance}, as command ${command}.`);
      const invocation = await this.follow(command, cancelled.signal);
      return this.tellEnd(invocation, cancelled.signal);
    } finally {
      for (const signal of cancelledBy) process.off(signal, cancel);
    }
  }

  private send(digest: string): string {
    const to = ['--document-name', this.document, '--instance-ids', this.instance];
    const what = ['--parameters', `Digest=${digest}`, '--timeout-seconds', DELIVERY_SECONDS];
    return sent.parse(this.ask('send-command', ...to, ...what)).Command.CommandId;
  }

  /** Waits for the end of a command; where this run is cancelled, so is that. */
  private async follow(command: string, cancelled: AbortSignal): Promise<Invocation> {
    const began = Date.now();
    let told = began;
    let asked = false;
    for (;;) {
      // A signal that came while a tool ran is heard here.
      await sleep(POLL_MS, undefined, { signal: asked ? undefined : cancelled }).catch(() => {});
      if (cancelled.aborted && !asked) {
        asked = true;
        this.ask('cancel-command', '--command-id', command);
        console.error('Cancelled; the server goes back by itself.');
      }
      const invocation = this.read(command);
      if (invocation && !atWork.includes(invocation.Status)) return invocation;
      if (Date.now() - told < TELL_MS) continue;
      told = Date.now();
      console.error(`${invocation?.Status ?? 'Pending'}, for ${Math.round((told - began) / 1000)} s`);
    }
  }

  /** What is known of the command; nothing in its first moments. */
  private read(command: string): Invocation | undefined {
    try {
      const which = ['--command-id', command, '--instance-id', this.instance];
      return invocationForm.parse(this.ask('get-command-invocation', ...which));
    } catch (error) {
      if (error instanceof ToolError && error.message.includes('InvocationDoesNotExist')) return undefined;
      throw error;
    }
  }

  private tellEnd(invocation: Invocation, cancelled: AbortSignal): number {
    const { Status, StatusDetails, ResponseCode, StandardOutputContent, StandardErrorContent } = invocation;
    process.stdout.write(StandardOutputContent);
    process.stderr.write(StandardErrorContent);
    const before = /^live so far: (\S+@sha256:[0-9a-f]{64})$/m.exec(StandardOutputContent)?.[1];
    if (before) tellPrevious(before);
    if (cancelled.aborted) return 128 + constants.signals[cancelled.reason as NodeJS.Signals];
    if (Status === 'Success' || ResponseCode > 0) return ResponseCode;
    throw new ToolError(
      `The server did not run the deploy: ${StatusDetails || Status}. Is it up, and does its agent answer? ` +
        `aws ssm describe-instance-information --region ${this.region}`,
    );
  }

  private ask(action: string, ...args: readonly string[]): unknown {
    const answer = run('aws', ['ssm', action, ...args, '--region', this.region, '--output', 'json']);
    return answer.trim() === '' ? {} : JSON.parse(answer);
  }
}
