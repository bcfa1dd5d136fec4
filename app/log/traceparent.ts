/** A trace that a caller is in, as W3C Trace Context writes it: version, trace, parent, flags. */
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The header where it is what it should be: nothing else of it is logged, since anybody may write anything there. */
export function traceparentOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && TRACEPARENT.test(header) ? header : undefined;
}
