// One comment of this project's on a pull request, made once and changed in place from then on.

/** Not seen in the rendered comment; it is how the next run finds it. */
const marker = '<!-- plumbline: report -->';

/** Who writes with the token of a job. Somebody else's comment that has the marker in it is not ours to change. */
const author = 'github-actions[bot]';

/** What GitHub takes, in characters. */
const longest = 65_536;

export interface PullRequest {
  /** GitHub's API, without a slash at its end. */
  readonly api: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
  readonly token: string;
}

interface Comment {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly login: string } | null;
}

/** GitHub said no. */
export class GitHubRefused extends Error {}

/** Makes the comment or changes it; says which. */
export async function writeStickyComment(pull: PullRequest, text: string): Promise<'created' | 'updated'> {
  const comments = `/repos/${pull.repository}/issues/${pull.number}/comments`;
  const body = shorten(`${marker}\n${text}`);
  const present = await find(pull, comments);
  if (present === undefined) {
    await ask(pull, 'POST', comments, { body });
    return 'created';
  }
  await ask(pull, 'PATCH', `/repos/${pull.repository}/issues/comments/${present}`, { body });
  return 'updated';
}

async function find(pull: PullRequest, path: string): Promise<number | undefined> {
  const size = 100;
  for (let page = 1; ; page += 1) {
    const answer = await ask(pull, 'GET', `${path}?per_page=${size}&page=${page}`);
    const comments = (await answer.json()) as readonly Comment[];
    const ours = comments.find(({ user, body }) => user?.login === author && body?.startsWith(marker));
    if (ours) return ours.id;
    if (comments.length < size) return undefined;
  }
}

async function ask(
  { api, token }: PullRequest,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  body?: unknown,
): Promise<Response> {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: {
      Accept: 'application/vnd.github+json',
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'X-GitHub-Api-Version': '2022-11-28',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (response.ok) return response;
  throw new GitHubRefused(`${method} ${path}: GitHub answered ${response.status}: ${await response.text()}`);
}

function shorten(text: string): string {
  if (text.length <= longest) return text;
  const note = '\n\n… The rest is in the summary of the run.';
  return `${text.slice(0, longest - note.length)}${note}`;
}
