import type { ClassPredictor } from '../../../ml/serving.ts';

/** What people read in the place of a class. */
export function levelTitle({ titles = {} }: ClassPredictor['target'], level: string): string {
  return Object.hasOwn(titles, level) ? (titles[level] as string) : level;
}
