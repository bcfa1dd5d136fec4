import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { combinations, titleOf } from './combinations.ts';
import { makeStack } from './synthesize.ts';

it.each(combinations.map((context) => [titleOf(context), context] as const))(
  'the stack with %s passes cdk-nag AwsSolutions',
  (_title, context) => {
    const stack = makeStack(context);
    expect(new AwsSolutionsChecks(stack).validateScope(stack).violations).toEqual([]);
  },
);
