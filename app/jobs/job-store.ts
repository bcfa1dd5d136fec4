import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ZodError } from 'zod';
import { type JobRecord, jobRecordSchema } from './job.ts';
import { UPLOADED } from './told-file.ts';

/** An id: 192 random bits. Whatever else is asked for is no path here. */
const ID = /^[\w-]{32}$/;
const PRIVATE = 0o700;

/** Where the files of a job are. */
interface JobFiles {
  readonly folder: string;
  /** What was sent. */
  readonly input: string;
  readonly result: string;
}

/**
 * Jobs on the disk, a folder each: `job.json`, what was sent, and the result. Servers may share the folder, as the two of a deploy do: what
 * is written appears whole, and the age of `job.json` says whether somebody is still at a job.
 */
export class JobStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  filesOf(id: string): JobFiles {
    const folder = join(this.#folder, id);
    return { folder, input: join(folder, UPLOADED), result: join(folder, 'result.csv') };
  }

  /** Makes the folder of a job, for nobody else on this machine to read; nor to list, since whoever knows an id may ask for it. */
  async create(id: string): Promise<JobFiles> {
    await mkdir(this.#folder, { recursive: true, mode: PRIVATE });
    const files = this.filesOf(id);
    await mkdir(files.folder, { mode: PRIVATE });
    return files;
  }

  /** @returns undefined where there is none of that id, or its file is still on its way */
  async read(id: string): Promise<JobRecord | undefined> {
    if (!ID.test(id)) return undefined;
    try {
      const record = jobRecordSchema.parse(JSON.parse(await readFile(this.#recordOf(id), 'utf8')));
      // Whoever asks for an end need not be the one who is at it.
      return record.ended === undefined && (await this.isCancelled(id)) ? { ...record, status: 'cancelled' } : record;
    } catch (error) {
      // What another version wrote, and this one cannot read, is none either.
      if (isMissing(error) || error instanceof SyntaxError || error instanceof ZodError) return undefined;
      throw error;
    }
  }

  async write(record: JobRecord): Promise<void> {
    const path = this.#recordOf(record.id);
    const temporary = `${path}.${randomUUID()}`;
    await writeFile(temporary, JSON.stringify(record), { flush: true });
    await rename(temporary, path);
  }

  /** Asks whoever is at a job to end it; nobody is where it has been removed meanwhile. */
  async cancel(id: string): Promise<void> {
    await writeFile(this.#markOf(id), '').catch((error) => {
      if (!isMissing(error)) throw error;
    });
  }

  async isCancelled(id: string): Promise<boolean> {
    return (await ageOf(this.#markOf(id))) !== undefined;
  }

  /** Says that somebody is still at a job. @param isHeld false where nobody is any more */
  async touch(id: string, isHeld = true): Promise<void> {
    const time = isHeld ? new Date() : new Date(0);
    await utimes(this.#recordOf(id), time, time);
  }

  /** How long nobody has been at a job, in milliseconds; undefined where there is none. */
  async idleFor(id: string): Promise<number | undefined> {
    return ageOf(this.#recordOf(id));
  }

  /**
   * Takes a job for an attempt: of servers that try it at the same time one may.
   *
   * @param attempt from 1
   */
  async claim(id: string, attempt: number): Promise<boolean> {
    try {
      await mkdir(join(this.filesOf(id).folder, `attempt-${attempt}`));
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST' || isMissing(error)) return false;
      throw error;
    }
  }

  /** How often a job was taken. */
  async attempts(id: string): Promise<number> {
    const names = await namesIn(this.filesOf(id).folder);
    return names.filter((name) => name.startsWith('attempt-')).length;
  }

  /** Removes the files of a job that came to nothing; its record stays. */
  async discard(id: string): Promise<void> {
    await rm(this.filesOf(id).input, { force: true });
    await this.discardResult(id);
  }

  /** Removes what a thread has left that was killed. */
  async discardResult(id: string): Promise<void> {
    const { folder } = this.filesOf(id);
    for (const name of await namesIn(folder))
      if (name.startsWith('result.csv')) await rm(join(folder, name), { force: true });
  }

  async remove(id: string): Promise<void> {
    await rm(this.filesOf(id).folder, { recursive: true, force: true });
  }

  async ids(): Promise<string[]> {
    return (await namesIn(this.#folder)).filter((name) => ID.test(name));
  }

  /** How long nothing has changed in the folder of a job, in milliseconds. */
  async unchangedFor(id: string): Promise<number> {
    const { folder, input } = this.filesOf(id);
    const ages = await Promise.all([folder, input].map(ageOf));
    return Math.min(...ages.map((age) => age ?? Infinity));
  }

  /** What the files of a job, or of all, take on the disk, in bytes. */
  async bytes(id?: string): Promise<number> {
    let sum = 0;
    for (const each of id === undefined ? await this.ids() : [id]) {
      const { folder } = this.filesOf(each);
      for (const name of await namesIn(folder)) sum += await sizeOf(join(folder, name));
    }
    return sum;
  }

  #recordOf(id: string): string {
    return join(this.filesOf(id).folder, 'job.json');
  }

  #markOf(id: string): string {
    return join(this.filesOf(id).folder, 'cancelled');
  }
}

const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

const sizeOf = (path: string) =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

const ageOf = (path: string) =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => undefined,
  );
