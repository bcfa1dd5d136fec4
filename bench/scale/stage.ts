/** Part of the way from a CSV to a release that serves. */
export interface Stage {
  readonly stage: string;
  readonly seconds: number;
  /** What all threads of its process took of any core: on a machine that is busy elsewhere it says more. */
  readonly coreSeconds: number | null;
  /** The most memory that its process had until its end, in MB; null where the system does not tell. */
  readonly megabytes: number | null;
}
