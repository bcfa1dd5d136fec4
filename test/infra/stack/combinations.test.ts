import { AwsSolutionsChecks } from 'cdk-nag';
import { expect, it } from 'vitest';
import { combinations, titleOf } from './combinations.ts';
import { makeStack, synthesize } from './synthesize.ts';

it.each(combinations.map((context) => [titleOf(context), context] as const))(
  'the stack with %s passes cdk-nag AwsSolutions',
  (_title, context) => {
    const stack = makeStack(context);
    expect(new AwsSolutionsChecks(stack).validateScope(stack).violations).toEqual([]);
  },
);

/** What the workflows have of a stack: what is set at GitHub, and what they may do in the account. */
function ofWorkflows(context: Readonly<Record<string, string>>) {
  const template = synthesize(context);
  const { GitHubVariables, GitHubSecrets } = template.findOutputs('*');
  return { GitHubVariables, GitHubSecrets, rights: template.findResources('AWS::IAM::ManagedPolicy') };
}

it.each(
  combinations.flatMap((context) => (context.training === 'spark' ? [[titleOf(context), context] as const] : [])),
)('with %s the workflows are what they are without trainings', (_title, context) => {
  const { rights, ...told } = ofWorkflows(context);
  expect(told.GitHubVariables?.Value).toBeDefined();
  expect({ rights, ...told }).toEqual(ofWorkflows({ ...context, training: 'none' }));
});
