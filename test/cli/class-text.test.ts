import { expect, test } from 'vitest';
import { setText } from '../../cli/class-text.ts';

const promise = 'Nine in ten records are of a class that is named for them in this way.';

test.each([
  [['stays'], `The model is sure enough of: stays. ${promise}`],
  [['stays', 'leaves'], `It could be stays or leaves. ${promise}`],
  [['stays', 'leaves', 'pauses'], `It could be stays, leaves or pauses. ${promise}`],
  [['leaves'], `It could be leaves. Nine in ten records of the class stays are predicted more surely. ${promise}`],
  [[], `None of the classes is likely: nine in ten records of each are predicted more surely. ${promise}`],
  [null, 'What else it could be is not known of this release.'],
])('of what is predicted to stay %j says what it could be', (set, text) => {
  expect(setText({ prediction: 'stays', set })).toBe(text);
});
