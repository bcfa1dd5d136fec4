// What the driver of a job printed, as far as CloudWatch has it.

import { z } from 'zod';
import { askAws } from './aws.ts';
import type { TrainingPlace } from './training-place.ts';

const streams = z.object({ logStreams: z.array(z.object({ logStreamName: z.string() })) });
const events = z.object({
  events: z.array(z.object({ message: z.string() })),
  nextForwardToken: z.string().nullish(),
});

/** Reads on from where it was, at each call. */
export class DriverLog {
  readonly #place: TrainingPlace;
  readonly #runId: string;
  /** The streams that were found, and where each is to be read on. */
  readonly #tokens = new Map<string, string | undefined>();

  constructor(place: TrainingPlace, runId: string) {
    this.#place = place;
    this.#runId = runId;
  }

  /** Gives the lines that came since the last call. */
  async read(onLine: (line: string) => void): Promise<void> {
    if (this.#tokens.size < 2) await this.#find();
    for (const stream of this.#tokens.keys()) await this.#readStream(stream, onLine);
  }

  /** The names end in SPARK_DRIVER/stdout and stderr; what stands before the job's id is EMR's. */
  async #find(): Promise<void> {
    const found = await this.#ask([
      'describe-log-streams',
      '--order-by',
      'LastEventTime',
      '--descending',
      '--max-items',
      '50',
    ]);
    for (const { logStreamName: name } of streams.parse(found).logStreams) {
      const isOurs = name.includes(this.#runId) && /SPARK_DRIVER\/std(?:out|err)$/.test(name);
      if (isOurs && !this.#tokens.has(name)) this.#tokens.set(name, undefined);
    }
  }

  async #readStream(stream: string, onLine: (line: string) => void): Promise<void> {
    // The token of the end is the one that was given.
    for (;;) {
      const token = this.#tokens.get(stream);
      const from = token === undefined ? [] : ['--next-token', token];
      const found = events.parse(
        await this.#ask(['get-log-events', '--log-stream-name', stream, '--start-from-head', ...from]),
      );
      for (const { message } of found.events) for (const line of message.split('\n')) onLine(line);
      const next = found.nextForwardToken ?? undefined;
      if (next === undefined || next === token) return;
      this.#tokens.set(stream, next);
    }
  }

  #ask([command = '', ...args]: readonly string[]): Promise<unknown> {
    const { logGroup, regionArguments } = this.#place;
    return askAws(['logs', command, '--log-group-name', logGroup, ...args, ...regionArguments]);
  }
}
