import { expect, test } from 'vitest';
import type { Standing } from '../../../bench/accuracy/standings.ts';
import { targets } from '../../../bench/accuracy/targets.ts';

const standing = (changes: Partial<Standing>): Standing => ({
  ...{ peer: 'a', meanRank: 2, meanNormalised: 0.5, below: 7, equal: 0, above: 7 },
  ...changes,
});

test('in the short contest no peer may have a better mean rank', () => {
  const others = [standing({ meanRank: 2.5 }), standing({ meanRank: 2, meanNormalised: 0.9 })];
  expect(targets.short.holds(standing({}), others)).toBe(true);
  expect(targets.short.holds(standing({ meanRank: 2.1 }), others)).toBe(false);
});

test('in the long one ours wins as often as it loses, and scores no lower', () => {
  expect(targets.long.holds(standing({}), [standing({})])).toBe(true);
  expect(targets.long.holds(standing({}), [standing({ below: 6, above: 8 })])).toBe(false);
  expect(targets.long.holds(standing({ meanNormalised: 0.4 }), [standing({})])).toBe(false);
});
