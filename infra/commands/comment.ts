// Puts the report under a pull request; for the workflow, which gives all it needs in the environment. It uses nothing
// but Node, so that the one job which may write to pull requests installs no package.

import { GitHubRefused, writeStickyComment } from './sticky-comment.ts';

const names = ['GITHUB_API_URL', 'GITHUB_REPOSITORY', 'GITHUB_TOKEN', 'PULL_REQUEST', 'REPORT'] as const;
const missing = names.filter((name) => !process.env[name]);

if (missing.length > 0) {
  console.error(`Comments on a pull request; not set in the environment: ${missing.join(', ')}`);
  process.exit(2);
}

const { GITHUB_API_URL = '', GITHUB_REPOSITORY = '', GITHUB_TOKEN = '', PULL_REQUEST, REPORT = '' } = process.env;

try {
  const pull = {
    api: GITHUB_API_URL,
    repository: GITHUB_REPOSITORY,
    token: GITHUB_TOKEN,
    number: Number(PULL_REQUEST),
  };
  console.log(`The comment on pull request ${PULL_REQUEST} is ${await writeStickyComment(pull, REPORT)}.`);
} catch (error) {
  if (!(error instanceof GitHubRefused)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
