// Run while an image is built, out of the folder that bundle.ts has written: compiles all that a server takes, and its templates, so that Node keeps the
// code. What it has not kept it would compile at each start.

import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileView, viewFiles } from './pages/compile-view.ts';
import './parse-once.ts';

/** How the names of those modules begin that others import. What is not shared starts something as soon as it is run: the server, or a thread. */
const SHARED = 'chunk-';
/** All modules are compiled before the first is run, and where that throws no other is. */
const NOTHING_RUNS = 'data:text/javascript,throw null';

const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.mjs'));
for (const file of files) {
  const address = pathToFileURL(join(import.meta.dirname, file)).href;
  if (file.startsWith(SHARED)) {
    await import(address);
    continue;
  }
  const both = encodeURIComponent(`import '${NOTHING_RUNS}'; import '${address}';`);
  await import(`data:text/javascript,${both}`).catch((error) => {
    if (error !== null) throw error;
  });
}
for (const file of viewFiles()) compileView(basename(file, '.pug'));
