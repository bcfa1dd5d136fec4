/** What batches may take of the machine. */
export interface JobLimits {
  /** How long a file that is sent may be, unpacked where its Content-Encoding packed it, in bytes. @default 500 MB */
  readonly upload: number;
  /** How much all files together may take on the disk, in bytes. @default 4 GB */
  readonly disk: number;
  /** How many jobs are on their way or wait; more are sent away. @default 8 */
  readonly waiting: number;
  /** How many jobs there may be, those that have ended and are kept among them; more are sent away. @default 1000 */
  readonly kept: number;
  /** How long a job may run, in milliseconds. @default an hour */
  readonly runMs: number;
  /** How long its files are kept once it has ended, in milliseconds. @default an hour */
  readonly keepMs: number;
  /** After how long a job is taken up that nobody has been at, in milliseconds. @default a minute */
  readonly leaseMs: number;
  /** Less than so much has to arrive of a file within half a minute for its client to be sent away, in bytes. @default 256 kB */
  readonly slow: number;
}

const MB = 1_000_000;
const MINUTE_MS = 60_000;

export const defaultJobLimits: JobLimits = {
  upload: 500 * MB,
  disk: 4000 * MB,
  waiting: 8,
  kept: 1000,
  runMs: 60 * MINUTE_MS,
  keepMs: 60 * MINUTE_MS,
  leaseMs: MINUTE_MS,
  slow: 256_000,
};
