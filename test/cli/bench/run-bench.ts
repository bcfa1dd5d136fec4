import { join } from 'node:path';
import { start } from '../../processes.ts';
import { temporaryFolder } from '../../temporary.ts';

/** Runs the command where there is no Python but what a test puts into `folder`, and nothing installed but in its cache. */
export function bench(args: readonly string[], folder = temporaryFolder()) {
  const environment = { PATH: folder, XDG_CACHE_HOME: join(folder, 'cache'), TMPDIR: folder };
  return start(['cli/plumbline.ts', 'bench', ...args], environment);
}
