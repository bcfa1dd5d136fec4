/** Part of the way from a CSV to a release that serves. */
export interface Stage {
  readonly stage: string;
  readonly seconds: number;
  /** The most memory that its process had until its end, in MB; null where the system does not tell. */
  readonly megabytes: number | null;
}
