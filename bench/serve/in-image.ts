import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { withScratchFolder } from '../scratch-folder.ts';

const run = promisify(execFile);
const bundle = fileURLToPath(new URL('../../app/bundle.ts', import.meta.url));
/** Modules find packages from below the folder that has them. */
const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));

/** A server as the image has it: one file to start, whose modules Node has compiled. */
export interface InImage {
  readonly path: string;
  readonly environment: { readonly NODE_COMPILE_CACHE: string };
}

/** Does something with a server as the image has it, which is gone afterwards. @param flags those that it will be started with */
export async function withServerInImage<T>(
  flags: readonly string[],
  work: (server: InImage) => Promise<T>,
): Promise<T> {
  mkdirSync(cache, { recursive: true });
  return withScratchFolder(async (folder) => {
    const environment = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
    await run(process.execPath, [bundle, folder]);
    await run(process.execPath, [...flags, join(folder, 'compile-all.mjs')], { env: environment });
    return work({ path: join(folder, 'server.mjs'), environment });
  }, cache);
}
