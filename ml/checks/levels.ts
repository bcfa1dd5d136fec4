import { formatShare } from '../core/format-number.ts';
import { clip, shortList } from '../core/short-list.ts';
import { commonLevels } from './comparable.ts';
import type { ColumnComparison, Comparison } from './compare.ts';
import { levelsOf } from './distributed.ts';
import type { Finding } from './finding.ts';
import { misfitFindings } from './misfits.ts';
import type { Observation } from './observe.ts';
import { LevelProfile, type Sample } from './profile.ts';

/** Of a level in a message. */
const LONGEST = 40;

/** Whether every text of a category is a level that is declared; and whether those levels are ones that the release has learned from. */
export function checkLevels(observation: Observation, comparison?: Comparison, reference?: Sample): Finding[] {
  const fresh =
    comparison && reference ? [...comparison.columns.values()].flatMap((each) => unlearned(each, reference)) : [];
  return [...misfitFindings(observation, 'levels'), ...fresh];
}

/** Levels of which the reference has no row. */
function unlearned({ column, profiles: [before, now] }: ColumnComparison, { columns }: Sample): Finding[] {
  if (!(before instanceof LevelProfile && now instanceof LevelProfile)) return [];
  const declaredBefore = columns.get(column.name);
  if (!declaredBefore) return [];
  const alike = commonLevels(declaredBefore, column);
  const known = new Set([...before.counts.keys()].map(alike));
  // A text that is not declared is told of already.
  const declared = new Set(levelsOf(column));
  const fresh = [...now.counts].filter(([level]) => declared.has(level) && !known.has(alike(level)));
  if (fresh.length === 0) return [];
  const share = fresh.reduce((sum, [, count]) => sum + count, 0) / now.known;
  const names = shortList(fresh.map(([level]) => JSON.stringify(clip(level, LONGEST))));
  const message = `${formatShare(share)} of its values are levels that the release has no row of: ${names}`;
  return [{ check: 'levels', column: column.name, weight: 'minor', message }];
}
