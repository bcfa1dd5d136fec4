/** Any name: only paths count. */
const HERE = 'http://here.invalid';
const LONGEST = 2000;

/** The path of a page of this service, with its query; the first page where a text is anything else, as an address elsewhere. */
export function localPath(text: unknown): string {
  if (typeof text !== 'string' || text.length > LONGEST || !text.startsWith('/') || !URL.canParse(text, HERE))
    return '/';
  const { origin, pathname, search } = new URL(text, HERE);
  const isPage = origin === HERE && !/^\/(?:\/|sign-(?:in|out)$)/.test(pathname);
  return isPage ? pathname + search : '/';
}
