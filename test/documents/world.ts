// A reader's machine: a home folder with their own CSV, a clone of this version, and a GitHub that answers from this disk.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { customerLines } from '../fixtures/customers/customer-lines.ts';
import { panelRows } from '../panel.ts';
import { makeFolder } from '../temporary.ts';
import { blocksOf, repositoryFiles, root } from './markdown.ts';

const sample = 'data/student-performance';
const customers = 'data/customers';
/** Of its lines so many are enough to learn from, and take less time than all. */
const CUSTOMERS = 2001;

/** The cars and shops of docs/guide/your-own-data.md, whose declaration and first rows stand there. */
const blockOf = (file: string) => {
  const block = blocksOf('docs/guide/your-own-data.md').find((candidate) => candidate.file === file);
  if (!block) throw new Error(`docs/guide/your-own-data.md shows no ${file}`);
  return block.text;
};

/** More cars like those of the page: older ones and those of many kilometres cost less. */
function moreCars(n: number): string[] {
  return Array.from({ length: n }, (_, i) => {
    const year = 1995 + ((i * 7) % 30);
    const mileage = 5000 + ((i * 7919) % 180_000);
    const [make, worth] = (
      [
        ['Volvo', 2000],
        ['Saab', 0],
        ['Polestar', 9000],
      ] as const
    )[i % 3] ?? ['Saab', 0];
    const fuel = ['petrol', 'diesel', 'electric'][((i * 5) % 7) % 3];
    return `${make},${year},${mileage},${fuel},${(year - 1994) * 700 + worth + Math.round((180_000 - mileage) / 30)}`;
  });
}

export class World {
  readonly folder = makeFolder();
  readonly home = join(this.folder, 'home');
  /** Where pages are followed: a clone that is made anew for each. */
  readonly clone = join(this.folder, 'plumbline');
  readonly #original = join(this.folder, 'original');
  readonly #upstream = join(this.folder, 'upstream');
  readonly #origin = join(this.folder, 'origin.git');

  constructor() {
    this.#makeHome();
    this.#makeUpstream();
    // Packed, since its .git is copied for each page.
    this.#git(this.folder, 'clone', '--quiet', '--no-local', this.#upstream, this.#original);
    this.#git(this.folder, 'clone', '--quiet', '--bare', this.#upstream, this.#origin);
    this.#git(this.#original, 'remote', 'set-url', 'origin', 'https://github.com/YOU/scores');
    symlinkSync(join(root, 'node_modules'), join(this.#original, 'node_modules'));
    // Ignored as a folder, not as the link that it is here.
    writeFileSync(join(this.#original, '.git/info/exclude'), 'node_modules\n');
  }

  /** A clone as it was in the beginning, with the release that its data set has by then. */
  renew(): void {
    if (!existsSync(this.clone)) {
      cpSync(this.#original, this.clone, { recursive: true, verbatimSymlinks: true });
      return;
    }
    // Of its three thousand files a page changes a few.
    this.#copyBack('.git');
    // Finds those that are the same, which a reset would write again.
    this.#git(this.clone, 'status', '--short');
    this.#git(this.clone, 'reset', '--quiet', '--hard');
    this.#git(this.clone, 'clean', '--quiet', '-ffdx');
    for (const name of ['node_modules', 'artifacts']) this.#copyBack(name);
  }

  #copyBack(name: string): void {
    const from = join(this.#original, name);
    rmSync(join(this.clone, name), { recursive: true, force: true });
    if (existsSync(from)) cpSync(from, join(this.clone, name), { recursive: true, verbatimSymlinks: true });
  }

  /** Keeps the releases of the clone for those to come. */
  keepReleases(): void {
    cpSync(join(this.clone, 'artifacts'), join(this.#original, 'artifacts'), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }

  #makeHome(): void {
    mkdirSync(join(this.home, 'Downloads'), { recursive: true });
    writeFileSync(join(this.home, 'cars.csv'), [blockOf('~/cars.csv'), ...moreCars(200), ''].join('\n'));
    writeFileSync(join(this.home, 'shops.csv'), [blockOf('~/shops.csv'), ...panelRows, ''].join('\n'));
    writeFileSync(join(this.home, 'dataset.json'), blockOf('data/cars/dataset.json'));
    const students = readFileSync(join(root, 'test/fixtures/students/students.csv'), 'utf8');
    // As the original spells them.
    const original = students.replace(/.*/, (header) =>
      header.replace('race_ethnicity', 'race/ethnicity').replaceAll('_', ' '),
    );
    writeFileSync(join(this.home, 'Downloads/StudentsPerformance.csv'), original);
    const replaced = [
      [this.#upstream, 'https://github.com/OWNER/plumbline'],
      [this.#origin, 'https://github.com/YOU/scores'],
    ].map(([here, there]) => `[url "${here}"]\n  insteadOf = ${there}\n`);
    const author = '[user]\n  name = Reader\n  email = reader@localhost\n[commit]\n  gpgsign = false\n';
    writeFileSync(join(this.home, '.gitconfig'), `${author}[init]\n  defaultBranch = main\n${replaced.join('')}`);
  }

  /** This version, changes that are not committed included, with the tests' tables in the place of those in data/. */
  #makeUpstream(): void {
    const isTheirs = (file: string) => [sample, customers].some((folder) => file.startsWith(`${folder}/`));
    for (const path of repositoryFiles.filter((file) => !isTheirs(file))) {
      mkdirSync(join(this.#upstream, dirname(path)), { recursive: true });
      cpSync(join(root, path), join(this.#upstream, path));
    }
    cpSync(join(root, 'test/fixtures/students'), join(this.#upstream, sample), { recursive: true });
    mkdirSync(join(this.#upstream, customers), { recursive: true });
    cpSync(join(root, 'test/fixtures/customers/dataset.json'), join(this.#upstream, customers, 'dataset.json'));
    writeFileSync(
      join(this.#upstream, customers, 'customers.csv'),
      `${customerLines(1).slice(0, CUSTOMERS).join('\n')}\n`,
    );
    const setting = { ...JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')), plumbline: { dataset: sample } };
    writeFileSync(join(this.#upstream, 'package.json'), JSON.stringify(setting, null, 2));
    this.#git(this.#upstream, 'init', '--quiet');
    this.#git(this.#upstream, 'add', '--all');
    this.#git(this.#upstream, 'commit', '--quiet', '--message', 'This version');
    const changes = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
    for (const [, version] of changes.matchAll(/^## (\d\S+)/gm)) this.#git(this.#upstream, 'tag', `v${version}`);
  }

  #git(where: string, ...args: string[]): void {
    execFileSync('git', ['-C', where, ...args], { env: this.environment(), stdio: 'pipe' });
  }

  /** Of commands that are run here: nothing of the tests' own settings. */
  environment(): NodeJS.ProcessEnv {
    const tests = /^(?:npm_|VITEST|GIT_|PLUMBLINE_|NODE_ENV$|DATASET$|ARTIFACTS$|HOST$|STANDBY_SECONDS$)/;
    return {
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !tests.test(name))),
      HOME: this.home,
      GIT_CONFIG_GLOBAL: join(this.home, '.gitconfig'),
      GIT_CONFIG_NOSYSTEM: '1',
      npm_config_update_notifier: 'false',
      DRAIN_SECONDS: '0',
      TOOLS_HOME: process.env.HOME,
      MODULES: join(root, 'node_modules'),
      DONE: this.folder,
      SERVER_LOG: join(this.folder, 'server.log'),
    };
  }
}
