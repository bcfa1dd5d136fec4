import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { makeStack } from './synthesize.ts';

const warnings = (context: Record<string, string>) =>
  Annotations.fromStack(makeStack(context)).findWarning('*', Match.stringLikeRegexp('alarms .* reach nobody'));

it('warns at synthesis and deployment that alarms reach nobody, and says how that changes', () => {
  expect(warnings({})).toHaveLength(1);
  expect(warnings({})[0]?.entry.data).toMatch(/-c email=/);
  expect(warnings({ email: 'ops@example.org' })).toEqual([]);
});
