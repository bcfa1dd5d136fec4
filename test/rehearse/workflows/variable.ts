// A data set that the repository's variable names, and no file of it.

import { join } from 'node:path';
import { writeOwnData } from '../own-data.ts';
import { type Context, changingNothing, checkJobs, verify, withRole } from './context.ts';
import { MODELS } from './cuts.ts';
import { pullRequest } from './events.ts';

const folder = 'data/home-insulation';
const title = 'Insulation of a home';

/** A pull request that adds a data set with classes, which the variable DATASET names: it is what is trained and built. */
export async function namedByVariable(context: Context): Promise<void> {
  const { report, runner } = context;
  const { repository } = runner;
  report.step('A pull request where a variable names the data set, whose target is a class');
  const base = repository.head();
  repository.branch('variable', base);
  writeOwnData(join(repository.folder, folder), { title, target: 'insulation' });
  repository.write(MODELS, 'gradient_boosting\n');
  const head = repository.commit('Tell how a home is insulated');
  const { variables, secrets } = withRole(context);
  const settings = { variables: { ...variables, DATASET: folder }, secrets };
  const run = await changingNothing(context, () =>
    runner.run('pull_request', pullRequest(base, head, 'acme/scores'), settings),
  );
  checkJobs(context, run, [...verify, 'analyse', 'comment'], []);
  const summary = run.jobs.get('model')?.summary ?? '';
  report.check('the report is of that data set', summary.includes(`Data: ${title}`), summary);
  report.check('it tells which classes are taken for which', summary.includes('**Confusion matrix**'), summary);
  report.check(
    'it has nothing to compare with, since main has no such folder',
    summary.includes('nothing to compare with'),
    summary,
  );
  repository.branch('main', base);
}
