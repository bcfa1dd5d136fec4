import type { SparkJob } from './spark-job.ts';

/** How a run is followed. */
export interface Following {
  /** Told each line of progress. */
  readonly onProgress?: ((line: string) => void) | undefined;
  /** Ends the job where it runs, and what was begun there for it. */
  readonly signal?: AbortSignal | undefined;
}

/** Something that runs our job on Spark: a master that is named, or what the stack made in AWS. */
export interface SparkCluster {
  /** What people read: "local[2]", "EMR Serverless (eu-central-1)". */
  readonly title: string;
  /**
   * Runs a job to its end, and brings what it wrote into a local folder.
   *
   * @param results an empty folder; what lies in it is of no use where this throws
   * @throws ToolError where what it needs is missing, or the job fails: with the job's own last lines
   * @throws JobRefused where the job refuses the rows
   * @throws the signal's reason once it is aborted and the job has ended
   */
  run(job: SparkJob, results: string, following: Following): Promise<void>;
}

/** The job has read the rows, and refuses them: what is wrong with them, line by line. */
export class JobRefused extends Error {
  override readonly name = 'JobRefused';
}
