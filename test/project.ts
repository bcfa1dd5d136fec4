import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Copies into a folder what trains and serves: for tests where package.json, artifacts/ or the commit count. */
export function copyProject(folder: string): void {
  for (const name of ['ml', 'cli', 'app', 'infra', 'bench', 'package.json', 'package-lock.json', '.gitignore'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}
