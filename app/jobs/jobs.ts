import { randomBytes } from 'node:crypto';
import { stat, statfs } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { LoadedRelease, TableFormat } from '../../ml/serving.ts';
import { BusyError, HttpError } from '../http-errors.ts';
import { type Meter, noMeter } from '../metrics/meter.ts';
import { Places } from '../rate/places.ts';
import { diskError } from './disk-error.ts';
import { type Job, type JobOptions, type JobRecord, jobOf } from './job.ts';
import { defaultJobLimits, type JobLimits } from './job-limits.ts';
import { JobQueue } from './job-queue.ts';
import { JobStore } from './job-store.ts';
import { JobUpkeep } from './job-upkeep.ts';

const ID_BYTES = 24;
const TOO_MANY = { message: 'Too many batches are waiting already. Try again in a minute.', retryAfter: 60 };
/** What stays free on the disk for everything else, in bytes. */
const SPARED = 256_000_000;

export interface JobsOptions {
  /** Where the files of jobs are; made when there is the first. Servers may share it. */
  readonly folder: string;
  /** The release that serves when a job begins. */
  readonly release: () => LoadedRelease;
  readonly logger: Logger;
  readonly meter?: Meter;
  readonly limits?: Partial<JobLimits>;
}

/** Where a file goes that is about to come. */
interface Expected {
  /** Of its job. */
  readonly id: string;
  readonly path: string;
  /** To call in the end: it makes room where no job came of it. */
  readonly leave: () => Promise<void>;
}

/** A file that has come, and what is asked of its rows. */
export interface Arrival {
  readonly name: string;
  readonly format: TableFormat;
  readonly options: JobOptions;
  /** How many rows it has, about; null where nobody knows. */
  readonly expectedRows: number | null;
}

/** Files of rows that are predicted one after the other, each for whoever sent it. Until somebody sends one it is nothing but a timer. */
export class Jobs {
  readonly limits: JobLimits;
  readonly #store: JobStore;
  readonly #queue: JobQueue;
  readonly #upkeep: JobUpkeep;
  readonly #places: Places;
  /** What files that are on their way may come to, in bytes, by their job. */
  readonly #arriving = new Map<string, { readonly bytes: number; readonly leavePlace: () => void }>();

  constructor({ folder, release, logger, meter = noMeter, limits }: JobsOptions) {
    this.limits = { ...defaultJobLimits, ...limits };
    this.#places = new Places({ count: this.limits.waiting, what: 'files', full: TOO_MANY });
    this.#store = new JobStore(folder);
    this.#queue = new JobQueue({ store: this.#store, release, limits: this.limits, logger, meter });
    this.#upkeep = new JobUpkeep(this.#store, this.#queue, this.limits, {
      logger,
      isArriving: (id) => this.#arriving.has(id),
    });
  }

  /** Takes up what an earlier process has left, and removes what is over, now and from time to time. */
  start(): void {
    this.#upkeep.start();
  }

  /**
   * Makes room for a file that is about to come.
   *
   * @param client who sends it
   * @param bytes how long it is, undefined where nobody says
   * @throws BusyError where too many are waiting or kept, or come from that client, or too little of the disk is left
   */
  async expect(client: string, bytes = this.limits.upload): Promise<Expected> {
    const leavePlace = this.#places.take(client, this.#queue.waiting);
    const id = randomBytes(ID_BYTES).toString('base64url');
    this.#arriving.set(id, { bytes, leavePlace });
    const leave = async () => {
      if (this.#arrive(id)) await this.#store.remove(id);
    };
    try {
      const { folder, input } = await this.#store.create(id);
      await this.#checkRoom(folder);
      return { id, path: input, leave };
    } catch (error) {
      // What cannot be made may not be removed either: the first error says why.
      await leave().catch(() => {});
      throw diskError(error);
    }
  }

  /** Makes a job of a file that has come. @param owner whose it is; null where whoever knows its id may see it */
  async add(id: string, { expectedRows, ...arrival }: Arrival, owner: string | null): Promise<Job> {
    const { name, format, options } = arrival;
    const record: JobRecord = {
      id,
      status: 'waiting',
      file: { name, format, bytes: (await stat(this.#store.filesOf(id).input)).size },
      options,
      created: new Date().toISOString(),
      progress: { rows: 0, share: expectedRows === null ? null : 0 },
      owner,
      expectedRows,
    };
    await this.#store.claim(id, 1);
    await this.#store.write(record);
    this.#arrive(id);
    this.#queue.add(id);
    return jobOf(record);
  }

  /** @throws HttpError where there is none of that id for that owner */
  async find(id: string, owner: string | null): Promise<Job> {
    return jobOf(await this.#recordOf(id, owner));
  }

  /** The jobs of an owner, the newest first. */
  async of(owner: string | null): Promise<Job[]> {
    if (owner === null) return [];
    const records = await Promise.all((await this.#store.ids()).map((id) => this.#store.read(id)));
    return records
      .filter((record) => record !== undefined)
      .filter((record) => record.owner === owner)
      .map(jobOf)
      .sort((a, b) => b.created.localeCompare(a.created));
  }

  /** Where the result of a job is. @throws HttpError where there is no such job, or it has none (yet) */
  async resultOf(id: string, owner: string | null): Promise<{ readonly job: Job; readonly path: string }> {
    const job = await this.find(id, owner);
    if (job.status !== 'done')
      throw new HttpError(`The batch has no result: it is ${job.status}.`, { problem: 'no-result' });
    return { job, path: this.#store.filesOf(id).result };
  }

  /** Cancels a job that has not ended; of one that has, everything is removed. @throws HttpError as `find` */
  async cancel(id: string, owner: string | null): Promise<void> {
    const record = await this.#recordOf(id, owner);
    if (record.ended === undefined) await this.#queue.cancel(record);
    else await this.#store.remove(id);
  }

  /** Gives every job back, for the next process to take up. */
  async close(): Promise<void> {
    this.#upkeep.stop();
    await this.#queue.close();
  }

  /** It is on its way no more. @returns whether it was until now */
  #arrive(id: string): boolean {
    this.#arriving.get(id)?.leavePlace();
    return this.#arriving.delete(id);
  }

  async #recordOf(id: string, owner: string | null): Promise<JobRecord> {
    const record = await this.#store.read(id);
    // That there is one is nobody else's business.
    if (record === undefined || (record.owner !== null && record.owner !== owner))
      throw new HttpError('There is no such batch, or none of yours. Its files are removed an hour after it ended.', {
        problem: 'not-found',
      });
    // Once it has ended the record knows more than whoever is still at it.
    if (record.ended !== undefined) return record;
    return { ...record, progress: this.#queue.progressOf(id) ?? record.progress };
  }

  /** @param folder that was just made for another job */
  async #checkRoom(folder: string): Promise<void> {
    // Each is looked at again and again, and small ones take no room that would tell.
    if ((await this.#store.ids()).length > this.limits.kept)
      throw new BusyError('Too many batches are kept already. Delete those that are done, or send many files as one.', {
        retryAfter: 300,
      });
    const expected = this.#arriving.values().reduce((sum, { bytes }) => sum + bytes, 0);
    const { bavail, bsize } = await statfs(folder);
    const isFull = (await this.#store.bytes()) + expected > this.limits.disk || bavail * bsize < expected + SPARED;
    if (isFull)
      throw new BusyError('There is no room for another batch on the disk. Try again in some minutes.', {
        retryAfter: 300,
      });
  }
}
