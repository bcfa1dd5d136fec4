// What a training on a cluster is given, and the files of the job that runs there.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the job: a script, and modules beside it. */
const folder = fileURLToPath(new URL('../../spark/', import.meta.url));

/** The file that Spark is to run; it wants `jobModules()` where Python finds modules (`--py-files`). */
export const JOB_SCRIPT = `${folder}train.py`;

/** The modules that the script imports, as paths. */
export function jobModules(): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.py') && name !== 'train.py');
  return names.sort().map((name) => `${folder}${name}`);
}

/** What Python packages the job needs on the driver and on every worker, with their versions: a file for pip. */
export const JOB_REQUIREMENTS = `${folder}requirements.txt`;

/** What is asked of a training on a cluster. */
export interface SparkSettings {
  /** Of the split, and all else that is random. */
  readonly seed: number;
  /** How many processes train at once, each with a part of the rows. */
  readonly workers: number;
  /** How many rounds of trees at most; early stopping keeps those that held training rows ask for. */
  readonly rounds: number;
  /** XGBoost's own parameters, by the names that our estimator `xgboost` has for them; it says their defaults. */
  readonly params: Readonly<Record<string, number | string>>;
}

/** A training that a cluster is to run. */
export interface SparkJob {
  /** The path of dataset.json. */
  readonly declaration: string;
  /** Rows as CSV or Parquet: a file or a folder, as a path or a URL (s3://, file://) that the cluster reads. */
  readonly input: string;
  readonly settings: SparkSettings;
}

/** Where the job finds what it reads, and writes what comes of it: paths or URLs as the cluster has them. */
export interface JobPlaces {
  readonly declaration: string;
  readonly input: string;
  /** A folder that is not there yet. Of its files `results.json` is written last: where it is, all are. */
  readonly output: string;
}

/** The arguments of the script. */
export function jobArguments({ declaration, input, output }: JobPlaces, settings: SparkSettings): string[] {
  return [
    ...['--declaration', declaration],
    ...['--input', input],
    ...['--output', output],
    ...['--settings', JSON.stringify(settings)],
  ];
}

/** How the lines of a job's standard output begin that tell its progress: "plumbline: training: round 20". */
export const PROGRESS_PREFIX = 'plumbline: ';
/** How the lines of standard error, or output, begin that say why the rows or the declaration are refused; the job then exits 1. */
export const REFUSED_PREFIX = 'plumbline refused: ';
