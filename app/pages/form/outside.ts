import { type Explanation, formatExact } from '../../../ml/serving.ts';

/** A record of which hardly anything is known may lie outside in every field. */
const MOST_OUTSIDE = 4;

/** What of a record the model has not learned from, a sentence each. */
export function outsideInWords(outside: Explanation['outside']): string[] {
  const told = outside.slice(0, MOST_OUTSIDE).map(({ message }) => `${message}.`);
  const left = outside.length - told.length;
  return left > 0 ? [...told, `… and ${formatExact(left)} more that it has not learned from.`] : told;
}
