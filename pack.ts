// What `npm pack` runs. Before: builds ml/ as JavaScript into dist/, and puts the manifest of the package in the place of package.json,
// which npm reads after that. Afterwards: puts package.json back.
//
//   node pack.ts build|restore

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const root = import.meta.dirname;
const manifestPath = join(root, 'package.json');
/** The repository's own package.json, while another one is in its place. */
const keptPath = join(root, 'package.repository.json');
const built = join(root, 'dist');

/** The fields of package.json that a package needs too. */
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

function build(): void {
  // One that was killed has restored nothing.
  restore();
  rmSync(built, { recursive: true, force: true });
  const tsc = join(root, 'node_modules/.bin/tsc');
  const { status } = spawnSync(tsc, ['--project', join(root, 'tsconfig.package.json')], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
  for (const ending of ['.wasm', '.css'])
    for (const path of filesIn(join(root, 'ml'), ending)) {
      mkdirSync(dirname(join(built, path)), { recursive: true });
      copyFileSync(join(root, 'ml', path), join(built, path));
    }
  const manifest = packageManifest(JSON.parse(readFileSync(manifestPath, 'utf8')));
  copyFileSync(manifestPath, keptPath);
  replaceManifest(`${JSON.stringify(manifest, null, 2)}\n`);
}

/** Nothing where the repository's own is in place. */
function restore(): void {
  if (!existsSync(keptPath)) return;
  const isReplaced = JSON.parse(readFileSync(manifestPath, 'utf8')).scripts === undefined;
  if (isReplaced) replaceManifest(readFileSync(keptPath, 'utf8'));
  rmSync(keptPath);
}

/** In one step, so that there is never none. */
function replaceManifest(text: string): void {
  const temporary = `${manifestPath}.tmp`;
  writeFileSync(temporary, text);
  renameSync(temporary, manifestPath);
}

/** What the package says of itself: it depends on what its code imports, in the versions that the repository asks for. */
function packageManifest({ name, version, description, license, type, engines, dependencies }: Manifest) {
  const needed = importedPackages();
  const unknown = needed.filter((each) => dependencies[each] === undefined);
  if (unknown.length > 0) throw new Error(`ml/ imports what is no dependency in package.json: ${unknown.join(', ')}`);
  return {
    name,
    version,
    description,
    license,
    type,
    engines,
    exports: { types: './dist/index.d.ts', default: './dist/index.js' },
    files: ['dist'],
    dependencies: Object.fromEntries(needed.map((each) => [each, dependencies[each]])),
  };
}

/** The packages that the built code imports, sorted. */
function importedPackages(): string[] {
  const texts = filesIn(built, '.js').map((path) => readFileSync(join(built, path), 'utf8'));
  return [...new Set(texts.flatMap(packagesIn))].sort();
}

/** In statements, which begin a line in what tsc writes, and in calls; not of files or of Node's own modules. */
function packagesIn(text: string): string[] {
  const code = text.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  const name = /['"]((?:@[\w.-]+\/)?[a-z][\w.-]*)(?:\/[^'"]*)?['"]/.source;
  const ways = [/^(?:import|export)\b(?:[\w$\s{},*]*\bfrom\b)?\s*/, /(?<![.\w$])(?:import|require)\(\s*/];
  return ways.flatMap(({ source }) =>
    [...code.matchAll(new RegExp(source + name, 'gm'))].map(([, found]) => found as string),
  );
}

/** The files of a folder and those within whose name ends so, as paths from there. */
const filesIn = (folder: string, end: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith(end));

if (process.argv[2] === 'build') build();
else restore();
