import { formatShare } from '../core/format-number.ts';
import { clip } from '../core/short-list.ts';
import type { Column } from '../data/declaration.ts';
import { kindOf } from '../data/kinds/index.ts';
import { LevelProfile, NumberProfile, type Profile } from './profile.ts';

/** Of a level. */
const LONGEST = 40;

/** What of a column has moved furthest, in words: where most numbers lie, or the share of a level. */
export function whatMoved(column: Column, reference: Profile, current: Profile): string {
  if (reference instanceof NumberProfile && current instanceof NumberProfile) {
    const write = kindOf(column).writer([]);
    const [before, now] = [reference, current].map((profile) => middleInWords(profile, write));
    return before === now ? `median and spread are the same, ${now}` : `median ${now}, was ${before}`;
  }
  if (reference instanceof LevelProfile && current instanceof LevelProfile) return levelInWords(reference, current);
  return '';
}

/** The median, and where the middle eight of ten rows lie. */
function middleInWords({ values }: NumberProfile, write: (value: number) => string): string {
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => {
    const value = values.quantile(share);
    return value === undefined ? '–' : write(value);
  });
  return `${middle} (8 of 10 from ${low} to ${high})`;
}

function levelInWords(reference: LevelProfile, current: LevelProfile): string {
  const [before, now] = [sharesOf(reference), sharesOf(current)];
  const change = (level: string) => Math.abs((now.get(level) ?? 0) - (before.get(level) ?? 0));
  const [level] = [...new Set([...before.keys(), ...now.keys()])].sort((a, b) => change(b) - change(a));
  if (level === undefined) return '';
  return `${JSON.stringify(clip(level, LONGEST))} ${formatShare(now.get(level) ?? 0)}, was ${formatShare(before.get(level) ?? 0)}`;
}

function sharesOf({ counts }: LevelProfile): ReadonlyMap<string, number> {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return new Map([...counts].map(([level, count]) => [level, count / total]));
}
