// What GitHub tells a run of what started it, as far as the workflows read it.

const repository = { full_name: 'acme/scores', name: 'scores', owner: { login: 'acme' }, default_branch: 'main' };

export const push = (before: string, after: string) => ({ ref: 'refs/heads/main', before, after, repository });

/** A run that somebody starts: for an image that was pushed earlier, or for main as it is, whatever serves. */
export const byHand = ({ digest = '', force = false }: { digest?: string; force?: boolean }) => ({
  ref: 'refs/heads/main',
  // As GitHub tells them: as texts.
  inputs: { digest, force: String(force) },
  repository,
});

/** A pull request to main, of a branch of the same repository or of somebody's fork. */
export const pullRequest = (base: string, head: string, from: 'acme/scores' | 'stranger/scores') => ({
  action: 'synchronize',
  number: 7,
  pull_request: {
    number: 7,
    base: { ref: 'main', sha: base, repo: repository },
    head: { ref: 'change', sha: head, repo: { ...repository, full_name: from } },
  },
  repository,
});
