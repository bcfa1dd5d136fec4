import { datasetPlace } from '../../ml/pipeline/init/dataset-place.ts';
import { type InitResult, initDataset } from '../../ml/pipeline/init/init-dataset.ts';
import { checkFree } from '../../ml/pipeline/init/write-dataset.ts';
import type { InitOptions } from './init-options.ts';
import { readWithProgress } from './read-with-progress.ts';
import { wantedOf } from './wanted.ts';

/** What init made of a file, and what showed how the file is written. */
export interface FileInit {
  readonly result: InitResult;
  readonly evidence: readonly string[];
}

/** Makes a data set of a file as the options say, and asks on a terminal for what they leave open. */
export async function initFile(path: string, options: InitOptions): Promise<FileInit> {
  const place = datasetPlace(path, options);
  const isForced = options.force === true;
  // Before a long file is read in vain.
  if (!isForced) await checkFree(path, place);
  const table = await readWithProgress(path);
  const wanted = await wantedOf(path, table, options);
  return { result: await initDataset(path, table, place, wanted, isForced), evidence: table.evidence };
}
