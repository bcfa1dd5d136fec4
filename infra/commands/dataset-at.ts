// The data set as it was at an earlier commit.

import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { tidying } from './tidying.ts';
import { run } from './tool.ts';
import { ToolError } from './tool-error.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Does something with the folder of the data set as it was at a commit.
 *
 * @returns what `use` gives; false where the commit has no such folder
 */
export async function withDatasetAt(commit: string, use: (dataset: string) => Promise<boolean>): Promise<boolean> {
  const path = relative(root, resolve(datasetFolder()));
  if (path === '' || path.startsWith('..')) return false;
  const folder = await mkdtemp(join(tmpdir(), 'plumbline-dataset-'));
  return tidying(
    () => unpack(commit, path, folder) && use(join(folder, path)),
    () => rmSync(folder, { recursive: true }),
  );
}

/** Puts a folder of a commit below another folder; says whether the commit has it. */
function unpack(commit: string, path: string, folder: string): boolean {
  const archive = join(folder, 'commit.tar');
  try {
    run('git', ['-C', root, 'archive', '--output', archive, commit, '--', path]);
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw error;
  }
  run('tar', ['-xf', archive, '-C', folder]);
  return true;
}
