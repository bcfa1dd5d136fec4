// Run while an image is built: compiles all that a server takes, and its templates, so that Node keeps the code. What it has not kept it would compile
// at each start, with a compiler that holds 27 MB from then on.

import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { compileView } from './pages/compile-view.ts';
import './parse-once.ts';

/** What starts something as soon as it is run: the server, and what its threads run. */
const ENTRIES = ['server.ts', 'predictions/thread.ts', 'jobs/job-worker.ts', 'jobs/predict-jobs.ts'];
const THIS = basename(import.meta.filename);
/** All modules are compiled before the first is run, and where that throws no other is. */
const NOTHING_RUNS = 'data:text/javascript,throw null';

const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' });
for (const file of files) if (file.endsWith('.ts') && ![THIS, ...ENTRIES].includes(file)) await import(urlOf(file));
for (const entry of ENTRIES) {
  const both = encodeURIComponent(`import '${NOTHING_RUNS}'; import '${urlOf(entry)}';`);
  await import(`data:text/javascript,${both}`).catch((error) => {
    if (error !== null) throw error;
  });
}
for (const file of readdirSync(new URL('pages/views', import.meta.url))) compileView(basename(file, '.pug'));

function urlOf(file: string): string {
  return new URL(file, import.meta.url).href;
}
