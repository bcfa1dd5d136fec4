// What the short form leaves out. Each of it is run by itself elsewhere (.ci/run), and would be run here a dozen times.

import type { Repository } from '../repository.ts';

/** What is told of it. */
export const cuts = [
  '`npm ci` takes over the packages that are installed here',
  'of the tests those of ml/core/regression-scores run',
  'of the models linear and gradient_boosting are trained, at their defaults',
  '`npm run rehearse:aws` and `npm run rehearse:host` only say what they would do',
  'a new version is given 30 s to be ready and watched for 3 s, and looked for from outside for 5 s',
  '`npm run check` looks at the style of some files alone, and `npm run synth` says its version',
];

/** Makes what takes long short. */
export function shorten(repository: Repository): void {
  repository.replace(
    'vitest.config.ts',
    "include: ['test/**/*.test.ts'],",
    "include: ['test/ml/core/regression-scores.test.ts', 'test/ml/broken.test.ts'],",
  );
  repository.replace('package.json', /("train": "[^"]*)"/, '$1 --no-tune --models linear,gradient_boosting"');
  repository.replace('package.json', '"node cli/plumbline.ts live"', '"node cli/plumbline.ts live --seconds 5"');
  for (const name of ['aws', 'host']) {
    repository.replace('package.json', `"node test/rehearse/${name}.ts"`, `"node test/rehearse/${name}.ts --help"`);
  }
  repository.replace('package.json', /"check": ".*"/, '"check": "biome check --error-on-warnings .github infra"');
  repository.replace('package.json', /"synth": ".*"/, '"synth": "cdk --version"');
}

/** For how long deploy.sh waits, by its own settings. */
export const shortWaits = { READY_SECONDS: '30', WATCH_SECONDS: '3' };
