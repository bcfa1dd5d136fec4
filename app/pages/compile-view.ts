import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire, getCompileCacheDir } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL('views', import.meta.url));

/** What draws a page. */
export type Template = (locals: object) => string;

/** The files of all templates, and of their parts, sorted. */
export const viewFiles = (): readonly string[] => readdirSync(folder).sort();

/**
 * A template as a function. To load what compiles one takes as much memory as a quarter of the service, and longer than all else at a start;
 * so what comes of it is kept beside the code that Node has compiled, where that is kept.
 */
export function compileView(name: string): Template {
  const kept = getCompileCacheDir();
  const path = kept && join(kept, `view-${name}-${sourcesHash()}.js`);
  const known = path && codeIn(path);
  const code = known ?? compiled(name);
  if (path && known === undefined) keep(path, code);
  return compileFunction(`${code}\nreturn template(locals);`, ['locals']) as Template;
}

/** The code of a template, which needs no other. */
function compiled(name: string): string {
  const { compileFileClient } = require('pug') as typeof import('pug');
  // Mixins stand before the layout, which says so of all else.
  return compileFileClient(join(folder, `${name}.pug`), { name: 'template', doctype: 'html' });
}

let hash: string | undefined;

/** Of all templates, since one may include others, and of what compiles them. */
function sourcesHash(): string {
  if (hash !== undefined) return hash;
  const hashed = createHash('sha256').update(readFileSync(require.resolve('pug/package.json')));
  for (const file of viewFiles()) hashed.update(`\n${file}\n`).update(readFileSync(join(folder, file)));
  hash = hashed.digest('hex').slice(0, 16);
  return hash;
}

function codeIn(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not compiled yet.
    return undefined;
  }
}

/** Where it cannot be kept, as in an image that is read alone, it is compiled again. */
function keep(path: string, code: string): void {
  try {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(`${path}.${process.pid}`, code);
    renameSync(`${path}.${process.pid}`, path);
  } catch {
    // There is no room, or no right to write.
  }
}
