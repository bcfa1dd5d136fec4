import { join } from 'node:path';
import { ParamError } from '../../ml/core/errors.ts';
import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { readDeclaration } from '../../ml/data/declaration.ts';
import { datasetPlace } from '../../ml/pipeline/init/dataset-place.ts';
import { type UpdateResult, updateDataset } from '../../ml/pipeline/init/update-dataset.ts';
import type { InitOptions } from './init-options.ts';
import { readWithProgress } from './read-with-progress.ts';
import { dayOrderOf } from './wanted.ts';

/** What became of a data set, and what showed how its file is written. */
export interface FolderUpdate {
  readonly result: UpdateResult;
  readonly evidence: readonly string[];
}

/** Options of which the declaration that is there says what they would. */
const declared = ['target', 'task', 'positive', 'group', 'time', 'weight', 'force'] as const;

/**
 * Brings a data set's declaration up to date: the one that --out or --name names, else the one of the file's name, else the one of the setting.
 *
 * @param file takes the place of the data set's own
 * @throws ParamError where an option says what dataset.json says
 */
export async function updateFolder(file: string | undefined, options: InitOptions): Promise<FolderUpdate> {
  const said = declared.find((name) => options[name] !== undefined);
  if (said !== undefined) throw new ParamError(`--${said} is for a new data set: with --update, edit dataset.json`);
  const isNamed = file !== undefined || options.out !== undefined || options.name !== undefined;
  const folder = isNamed ? datasetPlace(file ?? 'data.csv', options).folder : datasetFolder();
  const declaration = await readDeclaration(folder);
  const source = file ?? join(folder, declaration.file);
  const table = await readWithProgress(source);
  const place = { folder, name: declaration.name, file: datasetPlace(source, {}).file };
  const dayOrder = options.dates ?? (await dayOrderOf(table));
  return { result: await updateDataset(source, table, place, dayOrder), evidence: table.evidence };
}
