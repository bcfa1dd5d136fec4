// What serves is the champion: what is trained replaces it where it is not worse.

import {
  type Context,
  changingNothing,
  checkJobs,
  digestOf,
  pushToMain,
  toServer,
  verify,
  withRole,
} from './context.ts';
import { MODELS } from './cuts.ts';
import { byHand } from './events.ts';

/** A model that is worse than what serves is held back, is released where somebody forces it, and gives way to a better one. */
export async function replacesWhatServes(context: Context): Promise<void> {
  const { report, runner, registry, server } = context;
  const good = runner.repository.read(MODELS);
  const { release: champion } = await server.serves();

  report.step('A model that is worse than what serves');
  runner.repository.write(MODELS, 'linear\n');
  const worse = await changingNothing(context, () => pushToMain(context, 'Use a simpler model', withRole(context)));
  checkJobs(context, worse.run, [...verify, 'image'], ['image']);
  const image = worse.run.jobs.get('image');
  report.equal('the training held it back', image?.failed.length, 1);
  report.check('and no other step', image?.failed[0]?.includes('npm run train') === true, image?.failed);
  const why = new RegExp(
    `\\*\\*Held back\\*\\*: on the same \\d+ held-out rows linear has R² 0\\.\\d{4}, and release ${champion}, which was in use, ` +
      'R² 0\\.\\d{4}: a difference of −0\\.\\d{4} \\(95 % confidence interval −0\\.\\d{4} to [−+]0\\.\\d{4}\\)',
  );
  report.check('the summary says why, and by how much', why.test(plainText(image?.summary)), image?.summary);

  report.step('By hand: the same model, forced');
  const forced = await runner.run('workflow_dispatch', byHand({ force: true }), withRole(context), 'deploy.yml');
  checkJobs(context, forced, [...verify, 'image', ...toServer, 'live'], []);
  const summary = forced.jobs.get('image')?.summary ?? '';
  report.check('the summary says that it is forced', /\*\*Released\*\*.*it is forced, although/.test(summary), summary);
  report.check('and how large the image is', /### Image\n\n\d+\.\d MB/.test(summary), summary);
  const { release: simple, image: served } = await server.serves();
  report.check('it serves', simple !== undefined && simple !== champion, simple);
  report.equal(
    'from the image of its commit',
    served,
    `${registry.repository}@${await digestOf(context, worse.commit)}`,
  );

  report.step('A model that is better than what serves');
  runner.repository.write(MODELS, good);
  const better = await pushToMain(context, 'Use the better model again', withRole(context));
  checkJobs(context, better.run, [...verify, 'image', ...toServer, 'live'], []);
  const told = better.run.jobs.get('image')?.summary ?? '';
  const by = new RegExp(`release ${simple}, which was in use, R² 0\\.\\d{4}: a difference of \\+0\\.\\d{4}`);
  report.check('the summary says by how much', /\*\*Released\*\*/.test(told) && by.test(plainText(told)), told);
  report.check('the data was checked beside that of what serves', told.includes(`rows of release \`${simple}\``), told);
  const { release } = await server.serves();
  report.check('it serves', release !== simple, release);
}

/** Markdown without the backslashes that keep it text. */
const plainText = (markdown = '') => markdown.replaceAll('\\', '');
