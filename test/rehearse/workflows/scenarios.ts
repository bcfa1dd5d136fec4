// What is rehearsed. Each scenario starts from a main that is well, and says what has to have come of it.

import { z } from 'zod';
import { addOwnData, ownData } from '../own-data.ts';
import {
  asked,
  type Context,
  changingNothing,
  checkJobs,
  checkMachines,
  credentials,
  digestOf,
  pushToMain,
  roleOf,
  tags,
  toServer,
  verify,
  withKeys,
  withRole,
} from './context.ts';
import { pullRequest } from './events.ts';
import { RefusingRegistry } from './refusing-registry.ts';

const predictionForm = z.object({ target: z.string(), prediction: z.number() });

/** Somebody's first push, of a data set that is not the sample: it is live in the end. */
export async function goesLive(context: Context): Promise<void> {
  const { report, registry, server } = context;
  report.step('A push to main with a data set of its own, with a role');
  addOwnData(context.runner.repository.folder);
  const { commit, before, run } = await pushToMain(context, 'Predict the energy of a home', withRole(context));
  checkJobs(context, run, [...verify, 'image', ...toServer, 'live'], []);
  checkMachines(context, run, 'plumbline');
  report.equal(
    'credentials were asked for to push and to ask the stack, for the role',
    asked(run, 'configure-aws-credentials'),
    ['image', 'target'].map((id) => [id, 'role', roleOf(withRole(context))]),
  );
  report.equal(
    'Node 24 and 26 ran the tests',
    asked(run, 'setup-node')
      .filter(([job]) => job === 'test')
      .sort(),
    [
      ['test', '24'],
      ['test', '26'],
    ],
  );
  report.equal(
    'what there was before was trained to compare with',
    asked(run, 'checkout').find(([job]) => job === 'before'),
    ['before', before, 'false'],
  );
  report.equal('the registry has one image, tagged by its commit', await tags(context), [commit]);
  const digest = await digestOf(context, commit);
  report.equal('the server serves that', (await server.serves()).image, `${registry.repository}@${digest}`);
  const summary = run.jobs.get('model')?.summary ?? '';
  report.check('the report is in the summary', summary.includes(`Data: ${ownData.title}`), summary);
  report.check('so is the check of the data, which is as declared', summary.includes('### Data check: ok'), summary);
  report.check(
    'and does not compare with what there was, of another data set',
    /\*\*Released\*\*.*\| R² \| – \| 0\.\d+ \| – \|.*main predicts `math_score` of the data set `student-performance`/s.test(
      summary,
    ),
    summary,
  );
  const { release } = await server.serves();
  report.equal(
    'so is what is live',
    run.jobs.get('live')?.summary.trim(),
    `Live at ${server.url}, release ${release}, image ${digest}`,
  );
  const answer = await fetch(`${server.url}/api/predictions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(ownData.record),
  });
  const { target, prediction } = predictionForm.parse(await answer.json());
  report.equal('what is live predicts the target of that data set', target, ownData.target);
  report.check(
    `and rightly: ${prediction.toFixed(1)}, where ${ownData.right.toFixed(1)} is`,
    Math.abs(prediction - ownData.right) < ownData.tolerance,
  );
  const page = await (await fetch(server.url)).text();
  report.check('its form is that of that data set', page.includes(ownData.title), page.slice(0, 500));
}

/** A pull request, with everything set that it must not come to see. */
export async function pullRequests(context: Context): Promise<void> {
  const { report, runner, github } = context;
  const base = runner.repository.head();
  const [role, keys] = [withRole(context), withKeys(context)];
  const both = { variables: { ...keys.variables, ...role.variables }, secrets: { ...keys.secrets } };
  const cases = [
    { title: 'A pull request, with a role set', from: 'acme/scores', settings: role, comment: 'POST' },
    { title: 'Another commit of it, with keys set', from: 'acme/scores', settings: keys, comment: 'PATCH' },
    { title: "A pull request from a stranger's fork, with both set", from: 'stranger/scores', settings: both },
  ] as const;
  runner.repository.branch('change', base);
  for (const { title, from, settings, ...rest } of cases) {
    report.step(title);
    runner.repository.write('NEWS.md', `${title}\n`);
    const head = runner.repository.commit(title);
    const calls = github.calls.length;
    const run = await changingNothing(context, () =>
      runner.run('pull_request', pullRequest(base, head, from), settings),
    );
    const commented = 'comment' in rest;
    checkJobs(context, run, [...verify, 'analyse', ...(commented ? ['comment'] : [])], []);
    report.equal('nobody asked for credentials', asked(run, 'configure-aws-credentials'), []);
    const machines = new Set(asked(run, 'runs-on').map(([, machine]) => machine));
    report.equal("all jobs ran on GitHub's machines", [...machines], ['ubuntu24']);
    const values = [roleOf(role), credentials.key, credentials.secret];
    const seen = values.filter((value) => run.environments.some((text) => text.includes(value)));
    report.equal(`none of ${run.environments.length} commands saw a role or a key`, seen, []);
    report.equal(
      'no checkout kept a token',
      new Set(asked(run, 'checkout').map(([, , kept]) => kept)),
      new Set(['false']),
    );
    const writes = github.calls.slice(calls).filter((call) => !call.startsWith('GET'));
    const ours = github.comments.filter(({ user }) => user.login === 'github-actions[bot]');
    if (commented) {
      const path = `/repos/acme/scores/issues/${rest.comment === 'POST' ? '7/comments' : `comments/${ours[0]?.id}`}`;
      report.equal(rest.comment === 'POST' ? 'it has a comment' : 'the comment was changed in place', writes, [
        `${rest.comment} ${path}`,
      ]);
      const body = ours[0]?.body ?? '';
      report.equal('there is one, and it tells of this commit', [ours.length, body.includes(head)], [1, true]);
      report.check('it compares with main', /\| R² \| 0\.\d+ \| 0\.\d+ \| the same/.test(body), body);
    } else report.equal('nothing was written at GitHub', writes, []);
  }
  runner.repository.branch('main', base);
}

/** Runs that end red before anything is pushed. */
export async function endsRed(context: Context): Promise<void> {
  const { report, runner, registry } = context;
  const good = runner.repository.head();
  const others = (failed: string) => verify.filter((id) => id !== failed);

  report.step('A test fails');
  runner.repository.write(
    'test/ml/broken.test.ts',
    "import { expect, test } from 'vitest';\n\ntest('breaks', () => {\n  expect(1).toBe(2);\n});\n",
  );
  const broken = await changingNothing(context, () => pushToMain(context, 'Break something', withRole(context)));
  checkJobs(context, broken.run, verify, ['test']);
  report.check('and says which', /broken\.test\.ts/.test(broken.run.jobs.get('test')?.log ?? ''));
  runner.repository.branch('main', good);

  report.step('A model is below the gate');
  runner.repository.replace('package.json', /("train": "[^"]*)"/, '$1 --threshold 0.99"');
  const held = await changingNothing(context, () => pushToMain(context, 'Ask for more', withRole(context)));
  checkJobs(context, held.run, [...others('model'), 'model'], ['model']);
  const summary = held.run.jobs.get('model')?.summary ?? '';
  report.check('the report says why', /\*\*Held back\*\*.*below the threshold 0\.99/.test(summary), summary);
  report.equal('nothing of it was built', held.run.jobs.get('model')?.failed, [
    'npm run train -- --json training.json',
  ]);
  runner.repository.branch('main', good);

  report.step('The registry refuses the push');
  const refusing = new RefusingRegistry(registry.port);
  const port = await refusing.listen('127.0.0.1');
  const settings = withRole(context);
  const elsewhere = { ...settings.variables, ECR_REPOSITORY: `127.0.0.1:${port}/plumbline` };
  runner.repository.write('NEWS.md', 'A second version\n');
  const refused = await changingNothing(context, () =>
    pushToMain(context, 'The second version', { ...settings, variables: elsewhere }),
  );
  refusing.close();
  checkJobs(context, refused.run, [...verify, 'image'], ['image']);
  report.check(
    'at the push',
    refusing.refused.length > 0 && (refused.run.jobs.get('image')?.failed[0] ?? '').includes('image:push'),
    refused.run.jobs.get('image')?.failed,
  );
  report.check(
    'after it had taken the release out of the image before',
    /Release [0-9a-f]{12} of/.test(refused.run.jobs.get('image')?.log ?? ''),
  );
  runner.repository.branch('main', good);
}

/** Runs that reach the server, and leave it as it was. */
export async function goesBack(context: Context): Promise<void> {
  const { report, runner, server } = context;
  const good = runner.repository.head();

  report.step('A version that never becomes ready, with keys');
  const before = await server.serves();
  runner.repository.replace(
    'app/health.ts',
    "asksForReadiness && readiness !== 'ready' ? 503",
    'asksForReadiness ? 503',
  );
  // What the smoke test would find, which is cut. However long it is given.
  const impatient = { ...withKeys(context), environment: { READY_SECONDS: '5' } };
  const sick = await pushToMain(context, 'Never be ready', impatient);
  checkJobs(context, sick.run, [...verify, 'image', ...toServer], ['deploy']);
  report.equal(
    'credentials were asked for to push and to ask the stack, by the key',
    asked(sick.run, 'configure-aws-credentials'),
    ['image', 'target'].map((id) => [id, 'keys', credentials.key]),
  );
  report.check('the image was pushed', (await tags(context)).includes(sick.commit));
  report.equal('the server serves what it did', await server.serves(), before);
  runner.repository.branch('main', good);

  report.step('A version that is not seen from outside');
  runner.repository.write('NEWS.md', 'A third version\n');
  const settings = withRole(context);
  const nowhere = { ...settings.variables, APP_URL: 'http://127.0.0.1:9' };
  const unseen = await pushToMain(context, 'The third version', { ...settings, variables: nowhere });
  checkJobs(context, unseen.run, [...verify, 'image', ...toServer, 'live', 'rollback'], ['live']);
  checkMachines(context, unseen.run, 'plumbline');
  report.equal('the server serves what it did', await server.serves(), before);
}
