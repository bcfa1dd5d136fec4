import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CleanupStack } from '../core/cleanup-stack.ts';
import { hasCode, ParamError } from '../core/errors.ts';
import { storedColumn, type Table } from '../data/table.ts';
import type { Progress } from '../selection/progress.ts';
import { Journal } from '../selection/search/journal.ts';
import type { Training } from './reuse.ts';
import { forgetOldSearches, takeFolder } from './search-folder.ts';
import { codeHash, versions } from './versions.ts';

/** Where the searches of a data set leave their trials, a folder each, named for all that they depend on. */
const SEARCHES = 'search';

interface Options {
  readonly resume?: boolean | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * The journal of a search: a new one, or that of the same search where it is to be taken up. Models at their defaults are
 * not searched, and have none.
 *
 * @param taken is told how to give the folder back, which nobody else writes until then
 * @throws ParamError where there is nothing to take up
 */
export async function openJournal(
  artifacts: string,
  training: Training,
  { resume = false, onProgress }: Options,
  taken: CleanupStack,
): Promise<Journal | undefined> {
  if (training.plan.search === 'defaults') {
    if (resume) throw new ParamError('there is no search to resume: each model is tried once, at its defaults');
    return undefined;
  }
  const searches = join(artifacts, SEARCHES);
  const path = join(searches, hashOf(training));
  const folder = await takeFolder(path, resume ? Journal.isIn : async () => true);
  if (!folder) throw new ParamError(await nothingToResume(searches));
  taken.defer(() => folder.giveBack());
  if (!resume) {
    await forgetOldSearches(searches);
    return Journal.begin(folder.path);
  }
  const journal = await Journal.takeUp(folder.path);
  onProgress?.({ stage: 'resumed', trials: journal.trials, folder: folder.path });
  return journal;
}

async function nothingToResume(searches: string): Promise<string> {
  const others = await readdir(searches).catch((error) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  const none = 'there is no interrupted search of this data with these options and this code to resume';
  return others.length === 0
    ? `${none}; train without --resume`
    : `${none}, but ${searches} holds others (${others.join(', ')}): give the options that were given then, or train without --resume`;
}

/** What stands for all that a search's trials depend on. */
function hashOf({ rows, plan, seed }: Training): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([rows.declaration, plan, seed, codeHash(), versions()]));
  hashTable(hash, rows.train);
  return hash.digest('hex').slice(0, 12);
}

function hashTable(hash: ReturnType<typeof createHash>, table: Table): void {
  for (const name of table.columns.keys()) {
    const { values, chosen } = storedColumn(table, name);
    hash.update(`${name} ${values.constructor.name}`).update(values);
    if (chosen) hash.update(chosen);
  }
}
