import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plan } from '../ml/selection/plan.ts';
import { runCommand } from './command.ts';
import { MeasurementError } from './measurement-error.ts';
import { firstRecord } from './scale/first-record.ts';
import { serveOne } from './scale/serve.ts';
import { type SourceName, sources } from './scale/sources.ts';
import type { Stage } from './scale/stage.ts';
import { withScratchFolder } from './scratch-folder.ts';

export interface ScaleOptions {
  /** The file. */
  readonly data: SourceName;
  /** How many rows it has, where it is generated. */
  readonly rows: number;
  /** What the training may take. @default what it gives itself */
  readonly budgetSeconds?: number | undefined;
}

/** What the way from a file to a release that serves took. */
export interface Scaled {
  readonly rows: number;
  /** Of the file. */
  readonly megabytes: number;
  readonly stages: readonly Stage[];
  /** From the file to the prediction. */
  readonly seconds: number;
  /** The most memory that any process and its children had at a time, in MB; null where the system does not tell. */
  readonly peak: number | null;
  readonly reduced: Plan['reduced'] | null;
  readonly holdout: Readonly<Record<string, number>>;
}

const plumbline = fileURLToPath(new URL('../cli/plumbline.ts', import.meta.url));
const stagesScript = fileURLToPath(new URL('scale/train-stages.ts', import.meta.url));

/** Takes a file from where it lies to a release that serves. @throws MeasurementError where it does not get there */
export async function measureScale({ data, rows, budgetSeconds }: ScaleOptions): Promise<Scaled> {
  return withScratchFolder(async (folder) => {
    const { file: name, target, write } = sources[data];
    const [file, dataset, artifacts] = [name, 'dataset', 'artifacts'].map((each) => join(folder, each)) as [
      string,
      string,
      string,
    ];
    await write(file, rows);
    const made = await runCommand(process.execPath, [plumbline, 'init', file, '--target', target, '--out', dataset]);
    if (made.code !== 0) throw new MeasurementError(`no data set could be made:\n${made.stderr.trim()}`);
    const args = [stagesScript, dataset, artifacts, ...(budgetSeconds === undefined ? [] : [String(budgetSeconds)])];
    const trained = await runCommand(process.execPath, args);
    if (trained.code !== 0) throw new MeasurementError(`the training has failed:\n${trained.stderr.trim()}`);
    const { stages: ofTraining, ...training } = JSON.parse(trained.stdout) as Pick<
      Scaled,
      'rows' | 'stages' | 'reduced' | 'holdout'
    >;
    const serving = await serveOne(artifacts, await firstRecord(dataset));
    const making = { stage: 'make a data set of it', ...made, coreSeconds: null };
    return {
      ...training,
      megabytes: (await stat(file)).size / 1e6,
      stages: [making, ...ofTraining, serving],
      seconds: made.seconds + trained.seconds + serving.seconds,
      peak: trained.megabytes && Math.max(made.megabytes ?? 0, trained.megabytes, serving.megabytes ?? 0),
    };
  });
}
