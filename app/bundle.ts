// Run while an image is built: makes a few modules of all those that a server and its threads load, each of which takes time at a start, and
// memory in every thread that loads it. Packages stay where they are, but zod, which has a hundred modules.
//
//   node app/bundle.ts FOLDER    somewhere below the folder of package.json, since that is where packages are found

import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { type Plugin, rolldown } from 'rolldown';

const packages = join(import.meta.dirname, '../node_modules') + sep;
const [, , to] = process.argv;
if (to === undefined) throw new Error('which folder? node app/bundle.ts FOLDER');
const folder = resolve(to);

/** What is run by its path, and what starts a thread where its address is named: `new URL('job-worker.ts', import.meta.url)`. */
const ENTRIES = ['server.ts', 'compile-all.ts'];
const THREAD_OR_ADDRESS =
  /new URL\('(?<thread>[\w-]+-worker\.ts|thread-entry\.mjs)', import\.meta\.url\)|import\.meta\.url/g;

/** A module keeps the address that it has here, by which it finds files beside it; a thread is one of the files that are written. */
const addresses: Plugin = {
  name: 'addresses',
  transform(code, id) {
    if (id.startsWith(packages) || !code.includes('import.meta.url')) return null;
    return code.replace(THREAD_OR_ADDRESS, (...match) => {
      const { thread } = match.at(-1) as { thread?: string };
      if (thread === undefined) return `new URL('${relative(folder, id)}', import.meta.url).href`;
      const fileName = entryName(thread);
      this.emitFile({ type: 'chunk', id: join(dirname(id), thread), fileName });
      return `new URL('${fileName}', import.meta.url)`;
    });
  },
};

const bundle = await rolldown({
  input: ENTRIES.map((entry) => join(import.meta.dirname, entry)),
  platform: 'node',
  external: (id) => /^[\w@]/.test(id) && id !== 'zod',
  // A thread loads what it uses of ml/, not all that is exported beside that: of the modules here one alone does something on being loaded.
  treeshake: {
    moduleSideEffects: [
      { test: /parse-once\.ts$/, sideEffects: true },
      { test: /\.ts$/, sideEffects: false },
    ],
  },
  plugins: [addresses],
});
await bundle.write({
  dir: folder,
  format: 'esm',
  comments: false,
  entryFileNames: ({ name }) => entryName(name),
  chunkFileNames: 'chunk-[name]-[hash].mjs',
});

/** "server.mjs". By the end of its name it is a module, whatever package.json it lies below. */
function entryName(file: string): string {
  return `${basename(file).replace(/\.\w+$/, '')}.mjs`;
}
