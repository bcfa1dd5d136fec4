// npm run rehearse:data: the tests and the checks, as they run in a reader's clone.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { root } from './aws/run.ts';
import { addOwnData, ownData, writeOwnData } from './own-data.ts';
import { Repository } from './workflows/repository.ts';

const sample = 'data/student-performance';

const { replace, only } = new Command('npm run rehearse:data --')
  .description(
    'Clones this repository, changes that are not committed included, ships another data set from the clone as "Ship it"\n' +
      'in README.md says, without the sample, and runs `npm test` and `npm run check` there: neither may depend on the data.',
  )
  .option('--replace', 'write that data set over the sample, in its folder, instead', false)
  .option('--only <files>', 'of the tests only these, separated by commas', (text) => text.split(','), [])
  .addHelpText(
    'after',
    '\nExamples:\n  npm run rehearse:data\n  npm run rehearse:data -- --replace --only test/app,test/fixtures',
  )
  .parse()
  .opts<{ replace: boolean; only: string[] }>();

const folder = mkdtempSync(join(tmpdir(), 'plumbline-own-data-'));
process.once('SIGINT', () => process.exit(130));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

const repository = new Repository(folder);
rmSync(join(repository.folder, sample), { recursive: true });
if (replace) writeOwnData(join(repository.folder, sample));
else addOwnData(repository.folder);
const commit = repository.commit('Ship another data set');
console.log(`${replace ? `${sample}, replaced` : ownData.folder}, in a clone, as commit ${commit.slice(0, 12)}`);
run('cp', '-al', join(root, 'node_modules'), 'node_modules');
run('npm', 'run', 'check');
run('npm', 'test', ...(only.length > 0 ? ['--', ...only] : []));

function run(command: string, ...args: string[]): void {
  const { status } = spawnSync(command, args, { cwd: repository.folder, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
