import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ParamError } from '../../core/errors.ts';
import { root, shortPath } from '../../data/dataset-setting.ts';
import { headerWords } from '../../data/inference/header-words.ts';

/** Where a data set of a file goes, and what it is called. */
export interface DatasetPlace {
  readonly folder: string;
  /** In kebab-case. */
  readonly name: string;
  /** The file's name in the folder. */
  readonly file: string;
}

const endings = /(\.(csv|tsv|tab|txt|json|ndjson|jsonl|parquet|pq))?(\.gz)?$/i;

/**
 * The folder of a file's data set: the one that is given, else the one of its name in data/.
 *
 * @throws ParamError where the name is none
 */
export function datasetPlace(
  path: string,
  given: { readonly name?: string | undefined; readonly out?: string | undefined },
): DatasetPlace {
  const file = basename(path);
  const words = headerWords(given.name ?? file.replace(endings, ''));
  const name = words.join('-').toLowerCase();
  if (name === '')
    throw new ParamError(
      `${given.name === undefined ? `${file} has` : '--name has'} no letters or digits for a name; give one by --name`,
    );
  return { folder: shortPath(given.out === undefined ? join(root, 'data', name) : resolve(given.out)), name, file };
}

/** Where an editor finds the schema of a declaration in that folder; undefined where it is not beside those that come along. */
export function schemaFor(folder: string): string | undefined {
  const beside = join(folder, '..', 'dataset.schema.json');
  return existsSync(beside) ? '../dataset.schema.json' : undefined;
}
