// npm run rehearse:data: the tests and the checks, as they run in a reader's clone.

import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { addOwnData, writeOwnData } from './own-data.ts';
import { root, run } from './process.ts';
import { hold } from './rehearsal.ts';
import { Report } from './report.ts';
import { Repository } from './repository.ts';

const sample = 'data/student-performance';
const customers = 'data/customers';

/**
 * What a reader does with the data, and what is run then; no tests named is all of them. Where the samples are missing, a test
 * that depends on them fails; where another table stands under a sample's name, one does that would do without. (One that
 * is added beside the sample is what the workflows are rehearsed with.)
 */
const variants = [
  { title: 'the samples removed, another data set added', change: removeSamples, isChecked: true, tests: [] },
  {
    title: 'the sample overwritten in place',
    change: overwriteSample,
    isChecked: false,
    // Those that take data/ as it is, by a clone of it or by npm's scripts.
    tests: ['test/fixtures', 'test/npm-start', 'test/upgrade'],
  },
] as const;

const { only } = new Command('npm run rehearse:data --')
  .description(
    'Clones this repository, changes that are not committed included, ships another data set from the clone, and runs\n' +
      '`npm run check` and `npm test` there, for neither may depend on the data that ships:\n' +
      variants
        .map(({ title, tests }) => `  - ${title}: ${tests.length === 0 ? 'both, whole' : tests.join(', ')}`)
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
  // They go from clone to clone: to link and remove so many files takes as long as some tests.
  let packages = join(folder, 'node_modules');
  await run('cp', ['-al', join(root, 'node_modules'), packages]);
  for (const { title, change, isChecked, tests } of variants) {
    report.step(`A clone with ${title}`);
    const parent = join(folder, title.replaceAll(' ', '-'));
    mkdirSync(parent);
    const clone = new Repository(parent);
    change(clone.folder);
    clone.commit('Ship another data set');
    renameSync(packages, join(clone.folder, 'node_modules'));
    packages = join(clone.folder, 'node_modules');
    const passes = async (...args: string[]) => {
      const { status } = await run('npm', args, { cwd: clone.folder, onLine: (line) => console.log(line) });
      return status;
    };
    if (isChecked) report.equal('the checks pass', await passes('run', 'check'), 0);
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
