// What the short form leaves out. Each of it is run by itself elsewhere (.ci/run), and would be run here a dozen times.

import type { Repository } from '../repository.ts';

/** What is told of it. */
export const cuts = [
  '`npm ci` takes over the packages that are installed here',
  'of the tests those of ml/core/regression-scores run',
  'of the models linear and gradient_boosting are trained, at their defaults',
  'a new version is given 30 s to be ready and watched for a second, and looked for from outside for 5 s',
  '`npm run check` looks at the style of some files alone',
  '`npm run synth`, `npm run rehearse:aws` and `npm run rehearse:host` do nothing',
  'after the first push `npm run image:smoke` does nothing either',
];

/** Names the models, so that a scenario may name others without a change of package.json, by which images would install all packages. */
export const MODELS = 'models.txt';

/** Makes what takes long short. */
export function shorten(repository: Repository): void {
  repository.replace(
    'vitest.config.ts',
    "include: ['test/**/*.test.ts'],",
    "include: ['test/ml/core/regression-scores.test.ts', 'test/ml/broken.test.ts'],",
  );
  repository.write(MODELS, 'linear,gradient_boosting\n');
  repository.replace('package.json', /("train": "[^"]*)"/, `$1 --no-tune --models $(cat ${MODELS})"`);
  repository.replace('package.json', '"node cli/plumbline.ts live"', '"node cli/plumbline.ts live --seconds 5"');
  repository.replace('package.json', /"check": ".*"/, '"check": "biome check --error-on-warnings .github infra"');
  for (const name of ['synth', 'rehearse:aws', 'rehearse:host']) {
    repository.replace('package.json', new RegExp(`"${name}": ".*"`), `"${name}": "true"`);
  }
}

/** act knows no queues of a concurrency group (GitHub has them since May 2026), and lets nothing wait anyway. */
export function forgetQueues(repository: Repository): void {
  repository.replace('.github/workflows/deploy.yml', /^ +queue: max\n/m, '');
}

/** Once an image has been smoked; by no change of what goes into images, which would build them anew. */
export function shortenSmoke(repository: Repository): void {
  repository.replace('cli/image/smoke.ts', /await smokeImage\(.*\);/, '');
}

/** For how long deploy.sh waits, by its own settings. */
export const shortWaits = { READY_SECONDS: '30', WATCH_SECONDS: '1' };
