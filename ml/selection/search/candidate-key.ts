import type { Candidate } from '../candidate.ts';

/** What tells candidates apart, whatever the order of their parameters. */
export const keyOf = ({ model, params, features = [] }: Candidate): string =>
  JSON.stringify([model, Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)), features]);
