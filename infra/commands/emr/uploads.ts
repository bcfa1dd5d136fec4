// Brings what a job reads into the bucket: each file once, since it lies under a name that stands for what is in it.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { JOB_SCRIPT, jobModules } from '../spark/spark-job.ts';
import { ToolError } from '../tool-error.ts';
import { askAws, aws } from './aws.ts';
import { buildEnvironment, environmentVersion } from './python-environment.ts';
import { isAddress, readable } from './readable-rows.ts';
import { PREFIX, type TrainingPlace } from './training-place.ts';

/** The bucket drops uploads after 90 days; one that is old is sent again, so that it stays for as long as its job. */
const FRESH_DAYS = 60;

const DAY_MS = 86_400_000;

export class Uploads {
  readonly #place: TrainingPlace;
  readonly #tell: (line: string) => void;
  readonly #signal: AbortSignal | undefined;

  constructor(place: TrainingPlace, tell: (line: string) => void, signal?: AbortSignal) {
    this.#place = place;
    this.#tell = tell;
    this.#signal = signal;
  }

  /** The script and its modules; gives their addresses. */
  async job(): Promise<{ readonly script: string; readonly modules: readonly string[] }> {
    const modules = jobModules();
    const files = [...modules, JOB_SCRIPT];
    const texts = await Promise.all(files.map((file) => readFile(file)));
    const names = files.map((file) => basename(file));
    const folder = `job/${digestOf(names.map((name, i) => `${name}\0${texts[i]}\0`).join(''))}`;
    const address = (file: string) => this.#address(`${folder}/${basename(file)}`);
    // The script goes last: where it is, all are.
    if (!(await this.#isThere(`${folder}/${basename(JOB_SCRIPT)}`))) {
      this.#tell('uploading the job');
      await this.#within(async (staged) => {
        await Promise.all(modules.map((file) => copyFile(file, join(staged, basename(file)))));
        await this.#copy(['--recursive', staged, this.#address(folder)]);
        await this.#copy([JOB_SCRIPT, address(JOB_SCRIPT)]);
      });
    }
    return { script: address(JOB_SCRIPT), modules: modules.map(address) };
  }

  /** The Python packages, which take a minute to gather. */
  async environment(): Promise<string> {
    const key = `environment/${environmentVersion()}/environment.tar.gz`;
    if (!(await this.#isThere(key))) {
      this.#tell('gathering the Python packages of the job, once for this version of them');
      await this.#within(async (folder) => {
        const archive = await buildEnvironment(folder, this.#signal);
        const { size } = await stat(archive);
        this.#tell(`uploading the Python packages (${megabytes(size)})`);
        await this.#copy([archive, this.#address(key)]);
      });
    }
    return this.#address(key);
  }

  async declaration(path: string): Promise<string> {
    const key = `declarations/${digestOf(await readFile(path))}/dataset.json`;
    if (!(await this.#isThere(key))) await this.#copy([path, this.#address(key)]);
    return this.#address(key);
  }

  /** Rows on S3 as they are, where the job may read them; a file of this machine after it was sent. */
  async rows(input: string): Promise<string> {
    const ours = `s3://${this.#place.bucket}/${PREFIX}`;
    if (isAddress(input)) return readable(input, ours, this.#place.input);
    const path = input.replace(/^file:\/\//, '');
    const { size } = await fileAt(path, ours);
    const key = `rows/${await digestOfFile(path)}/${basename(path)}`;
    if (!(await this.#isThere(key))) {
      this.#tell(`uploading ${basename(path)} (${megabytes(size)})`);
      await this.#copy([path, this.#address(key)]);
    }
    return this.#address(key);
  }

  #address(key: string): string {
    return `s3://${this.#place.bucket}/${PREFIX}uploads/${key}`;
  }

  async #copy(args: readonly string[]): Promise<void> {
    await aws(['s3', 'cp', '--only-show-errors', ...args, ...this.#place.regionArguments], this.#signal);
  }

  async #isThere(key: string): Promise<boolean> {
    const found = await askAws(
      [
        ...['s3api', 'list-objects-v2', '--bucket', this.#place.bucket, '--prefix', `${PREFIX}uploads/${key}`],
        ...['--max-keys', '1', '--no-paginate', ...this.#place.regionArguments],
      ],
      this.#signal,
    );
    const [object] = listing.parse(found)?.Contents ?? [];
    return object !== undefined && Date.now() - Date.parse(object.LastModified) < FRESH_DAYS * DAY_MS;
  }

  async #within(use: (folder: string) => Promise<void>): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-training-'));
    try {
      await use(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

const listing = z.object({ Contents: z.array(z.object({ LastModified: z.string() })).default([]) }).nullable();

async function fileAt(path: string, ours: string) {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile()) return found;
  throw new ToolError(
    found
      ? `${path} is a folder. Send it yourself, and name it there: aws s3 sync ${path} ${ours}rows/, then --input ${ours}rows/`
      : `There is no file ${path}.`,
  );
}

const digestOf = (data: string | Buffer) => createHash('sha256').update(data).digest('hex').slice(0, 16);

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part);
  return hash.digest('hex').slice(0, 16);
}

const megabytes = (bytes: number) => `${Math.max(1, Math.round(bytes / 1e6)).toLocaleString('en')} MB`;
