/** What is checked, in the order in which it is told; `--fail-on` takes these names. */
export const checkNames = ['schema', 'ranges', 'levels', 'missing', 'duplicates', 'target', 'drift'] as const;
export type CheckName = (typeof checkNames)[number];

/** What may fail without being named: what training would refuse, and what a model should not be trained on unseen. */
export const defaultFailOn: readonly CheckName[] = ['schema', 'ranges', 'levels', 'missing', 'target', 'drift'];

/** Something that a check has to say. */
export interface Finding {
  readonly check: CheckName;
  /** The column that it is about. @default the file as a whole */
  readonly column?: string;
  /** What is major fails where its check may fail, and is looked at elsewhere; what is minor is looked at. */
  readonly weight: 'minor' | 'major';
  /** A sentence without its full stop. */
  readonly message: string;
}

/** Nothing to do; worth a look; not to be trained on. */
export type Verdict = 'ok' | 'look' | 'fail';

/** The worst of what findings come to, where these checks may fail. */
export function verdictOf(findings: readonly Finding[], failOn: readonly CheckName[]): Verdict {
  if (findings.some(({ check, weight }) => weight === 'major' && failOn.includes(check))) return 'fail';
  return findings.length > 0 ? 'look' : 'ok';
}
