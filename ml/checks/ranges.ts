import type { Finding } from './finding.ts';
import { misfitFindings } from './misfits.ts';
import type { Observation } from './observe.ts';

/** Whether numbers and dates are within the range, and on the step, that their column declares. */
export function checkRanges(observation: Observation): Finding[] {
  return misfitFindings(observation, 'ranges');
}
