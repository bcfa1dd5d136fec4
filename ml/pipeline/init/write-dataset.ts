import { constants, existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSameFile } from '../../core/destination.ts';
import { DataError } from '../../core/errors.ts';
import { replaceFile, sha256OfFile, writeTextFile } from '../../core/files.ts';
import { declarationText } from '../../data/declaration-text.ts';
import { RECORD_FILE, recordText } from './init-record.ts';

/** What is written into a data set's folder. */
interface Dataset {
  readonly folder: string;
  /** The file that it is made of, which is copied as it is. */
  readonly source: string;
  /** What it is called in the folder. */
  readonly file: string;
  /** What dataset.json says. */
  readonly declaration: object;
  /** What init says itself, without edits. */
  readonly made: object;
}

/**
 * Writes a data set: a new folder appears whole or not at all; in one that is there each file is replaced whole, what init said last.
 *
 * @param isForced whether a data set or a file that is there may be replaced
 * @throws DataError where one is, and may not
 */
export async function writeDataset(dataset: Dataset, isForced: boolean): Promise<void> {
  const { folder, source, file, declaration, made } = dataset;
  if (!isForced) await checkFree(source, dataset);
  const record = recordText(await sha256OfFile(source), made);
  const text = declarationText(declaration);
  if (existsSync(folder)) {
    if (!(await isSameFile(source, join(folder, file))))
      await replaceFile(join(folder, file), (temporary) => copy(source, temporary));
    await writeTextFile(join(folder, 'dataset.json'), text);
    // Killed before this, what init said before is known still, and what it says now is no edit of somebody's.
    await writeTextFile(join(folder, RECORD_FILE), record);
    return;
  }
  const begun = `${folder}.${process.pid}.tmp`;
  try {
    await mkdir(begun, { recursive: true });
    await copy(source, join(begun, file));
    await writeFile(join(begun, RECORD_FILE), record);
    await writeFile(join(begun, 'dataset.json'), text);
    await mkdir(dirname(folder), { recursive: true });
    await rename(begun, folder);
  } finally {
    await rm(begun, { recursive: true, force: true });
  }
}

/** Shares the blocks of the file where the file system can. */
const copy = (from: string, to: string) => copyFile(from, to, constants.COPYFILE_FICLONE);

/** @throws DataError where a data set, or another file of that name, is in the place of a new one */
export async function checkFree(source: string, { folder, file }: Pick<Dataset, 'folder' | 'file'>): Promise<void> {
  const remedy = '--force replaces it, and --name or --out makes another data set';
  if (existsSync(join(folder, 'dataset.json')))
    throw new DataError(
      `${folder} is a data set already: --update reads the file again and keeps what you edited, ${remedy}`,
    );
  const path = join(folder, file);
  if (existsSync(path) && !(await isSameFile(source, path))) throw new DataError(`${path} is another file; ${remedy}`);
}
