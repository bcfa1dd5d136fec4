// Data that has moved far from that of the release that serves, by a push to main.

import { join } from 'node:path';
import { ownData, writeOwnData } from '../own-data.ts';
import { type Context, changingNothing, checkJobs, pushToMain, verify, withRole } from './context.ts';

/** It is not trained on: the job that would build the image ends before, and says which column has drifted. */
export async function driftsFromWhatServes(context: Context): Promise<void> {
  const { report, runner, server } = context;
  const { repository } = runner;
  const good = repository.head();
  const { release } = await server.serves();

  report.step('Data that has drifted from that of what serves');
  writeOwnData(join(repository.folder, ownData.folder), { warmer: 15 });
  const drifted = await changingNothing(context, () => pushToMain(context, 'Measure in summer', withRole(context)));
  checkJobs(context, drifted.run, [...verify, 'image'], ['image']);
  const image = drifted.run.jobs.get('image');
  report.check(
    'it ended before anything was trained',
    image?.failed[0]?.includes('check-data') === true,
    image?.failed,
  );
  const told = new RegExp(
    `Data check: \\*\\*fail\\*\\*.*rows of release \`${release}\`.*\\| \`outdoor_temperature\` \\| \\*\\*fail\\*\\*.*PSI`,
    's',
  );
  report.check('the summary says which column, and how far', told.test(image?.summary ?? ''), image?.summary);
  repository.branch('main', good);
}
