// The repository that the workflows run in: what is committed and what is not yet, in a folder of its own, where the
// scenarios commit their changes.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './process.ts';

const author = ['-c', 'user.name=Rehearsal', '-c', 'user.email=rehearsal@localhost', '-c', 'commit.gpgsign=false'];

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, ...author, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();

export class Repository {
  /** Where a runner fetches from. */
  readonly origin: string;
  /** Where a developer works. */
  readonly folder: string;

  constructor(parent: string) {
    this.origin = join(parent, 'origin.git');
    this.folder = join(parent, 'scores');
    execFileSync('git', ['clone', '--quiet', '--bare', '--no-local', root, this.origin], { stdio: 'pipe' });
    // GitHub lets a runner fetch any commit by its hash.
    git(this.origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    // Nothing of it has to outlive this machine, and a busy disk takes seconds for each push.
    git(this.origin, 'config', 'core.fsync', 'none');
    const head = git(root, 'rev-parse', 'HEAD');
    git(this.origin, 'update-ref', 'refs/heads/main', head);
    execFileSync('git', ['clone', '--quiet', '--branch', 'main', this.origin, this.folder], { stdio: 'pipe' });
    // It tells act what the repository is called.
    git(this.folder, 'remote', 'set-url', 'origin', 'https://github.com/acme/scores.git');
    this.takeOver();
  }

  /** Brings over what is not committed yet; files that git ignores stay. */
  private takeOver(): void {
    const list = (...args: string[]) =>
      git(root, 'ls-files', '-z', ...args)
        .split('\0')
        .filter(Boolean);
    for (const path of new Set(list('--modified', '--others', '--exclude-standard', '--deleted'))) {
      const [from, to] = [join(root, path), join(this.folder, path)];
      if (existsSync(from)) {
        mkdirSync(dirname(to), { recursive: true });
        cpSync(from, to);
      } else rmSync(to, { force: true });
    }
    if (git(this.folder, 'status', '--porcelain') !== '') this.commit('What is not committed yet');
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  /** Changes a text; it must be there, or what is rehearsed would not be what is told. */
  replace(path: string, from: string | RegExp, to: string): void {
    const text = this.read(path);
    const changed = text.replace(from, to);
    if (changed === text) throw new Error(`${path} has no ${from} to change`);
    this.write(path, changed);
  }

  /** Commits everything, and makes it known to runners; gives the commit. */
  commit(message: string): string {
    git(this.folder, 'add', '--all');
    git(this.folder, 'commit', '--quiet', '--message', message);
    git(this.folder, 'push', '--quiet', '--force', this.origin, 'HEAD');
    return this.head();
  }

  head(): string {
    return git(this.folder, 'rev-parse', 'HEAD');
  }

  /** Starts a branch at a commit, or goes to main as it was there. */
  branch(name: string, from: string): void {
    git(this.folder, 'checkout', '--quiet', '-B', name, from);
    git(this.folder, 'push', '--quiet', '--force', this.origin, name);
  }
}
