// npm run package: makes the package of ml/, as JavaScript, in a folder of its own, so that nothing in the checkout changes however this ends.
// The package, plumbline-VERSION.tgz, appears in the checkout once it is whole.

import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = import.meta.dirname;

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

/** Builds the package in a folder that is there for that; gives the package's path. */
function makePackage(folder: string): string {
  const built = join(folder, 'dist');
  run(join(root, 'node_modules/.bin/tsc'), '--project', join(root, 'tsconfig.package.json'), '--outDir', built);
  for (const ending of ['.wasm', '.css'])
    for (const path of filesIn(join(root, 'ml'), ending)) {
      mkdirSync(dirname(join(built, path)), { recursive: true });
      copyFileSync(join(root, 'ml', path), join(built, path));
    }
  const manifest = packageManifest(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')), built);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const name of ['README.md', 'LICENSE']) copyFileSync(join(root, name), join(folder, name));
  run('npm', 'pack', folder, '--pack-destination', folder, '--loglevel=error');
  return join(folder, `${manifest.name}-${manifest.version}.tgz`);
}

/** What it prints is for people; its failure is this one's. */
function run(command: string, ...args: string[]): void {
  const { error, status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (error) throw error;
  if (status !== 0) process.exit(1);
}

/** Puts the package into the checkout, in one step. */
function bringHome(path: string): string {
  const name = path.slice(dirname(path).length + 1);
  const unfinished = join(root, `${name}.${process.pid}`);
  try {
    copyFileSync(path, unfinished);
    renameSync(unfinished, join(root, name));
  } finally {
    rmSync(unfinished, { force: true });
  }
  return name;
}

/** What the package says of itself: it depends on what its code imports, in the versions that the repository asks for. */
function packageManifest(manifest: Manifest, built: string) {
  const { name, version, description, license, type, engines, dependencies } = manifest;
  const needed = importedPackages(built);
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
function importedPackages(built: string): string[] {
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

// A Ctrl+C ends the command at work, and this then leaves nothing behind.
process.on('SIGINT', () => {});
const folder = mkdtempSync(join(tmpdir(), 'plumbline-package-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
console.log(bringHome(makePackage(folder)));
