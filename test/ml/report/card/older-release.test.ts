import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawCard } from '../../../../ml/report/card/draw-card.ts';
import { readReleaseRecord } from '../../../../ml/report/records.ts';
import { taskNamed } from '../../../../ml/selection/tasks/index.ts';
import { recordedReleases } from '../../release/migrations/recorded.ts';

test.each(recordedReleases)(
  'the card of $name tells all but what its version did not record',
  async ({ name, artifacts }) => {
    // What columns are worth, and intervals, came with format 6.
    const isOlder = Number(/^format-(\d+)/.exec(name)?.[1]) < 6;
    const release = await readReleaseRecord(join(artifacts, 'current'));
    const card = release?.card;
    if (!card) throw new Error('there is no card');
    expect([card.importance, card.coverage].map((each) => each === undefined)).toEqual([isOlder, isOlder]);
    expect(card.worst.length).toBeGreaterThan(0);
    const text = drawCard(card, taskNamed('regression')).join('\n\n');
    expect(text).toContain('**Fit for**');
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
    expect(text.includes('What matters')).toBe(!isOlder);
  },
);
