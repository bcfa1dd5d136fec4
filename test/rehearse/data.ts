// npm run rehearse:data: the tests and the checks, as they run in a reader's clone.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { addOwnData, writeOwnData } from './own-data.ts';
import { root, run } from './process.ts';
import { hold } from './rehearsal.ts';
import { Report } from './report.ts';
import { Repository } from './repository.ts';

const sample = 'data/student-performance';
const customers = 'data/customers';

/** Tests that run commands on data sets: where a dependence on what ships would show. */
const running = ['test/npm-start', 'test/fixtures', 'test/cli/plumbline', 'test/app/server'];

/** What a reader does with the data, and the tests that run then; none named is all of them. */
const variants = [
  { title: 'the samples removed, another data set added', change: removeSamples, tests: [] },
  { title: 'the sample overwritten in place', change: overwriteSample, tests: running },
  { title: 'another data set added beside the sample', change: addOwnData, tests: running },
] as const;

const { only } = new Command('npm run rehearse:data --')
  .description(
    'Clones this repository, changes that are not committed included, ships another data set from the clone, and runs\n' +
      '`npm run check` and `npm test` there, for neither may depend on the data that ships:\n' +
      variants
        .map(({ title, tests }) => `  - ${title}: ${tests.length === 0 ? 'every test' : tests.join(', ')}`)
        .join('\n'),
  )
  .option('--only <files>', 'run these tests instead, separated by commas', (text) => text.split(','))
  .addHelpText(
    'after',
    '\nExamples:\n  npm run rehearse:data\n  npm run rehearse:data -- --only test/app,test/fixtures',
  )
  .parse()
  .opts<{ only?: string[] }>();

await hold(new Report(), async ({ report, folder }) => {
  for (const { title, change, tests } of variants) {
    report.step(`A clone with ${title}`);
    const parent = join(folder, title.replaceAll(' ', '-'));
    mkdirSync(parent);
    const clone = new Repository(parent);
    change(clone.folder);
    clone.commit('Ship another data set');
    await run('cp', ['-al', join(root, 'node_modules'), join(clone.folder, 'node_modules')]);
    const passes = async (...args: string[]) => {
      const { status } = await run('npm', args, { cwd: clone.folder, onLine: (line) => console.log(line) });
      return status;
    };
    report.equal('the checks pass', await passes('run', 'check'), 0);
    report.equal('the tests pass', await passes('test', '--', ...(only ?? tests)), 0);
  }
});

function removeSamples(clone: string): void {
  rmSync(join(clone, customers), { recursive: true });
  rmSync(join(clone, sample), { recursive: true });
  addOwnData(clone);
}

function overwriteSample(clone: string): void {
  rmSync(join(clone, sample), { recursive: true });
  writeOwnData(join(clone, sample));
}
