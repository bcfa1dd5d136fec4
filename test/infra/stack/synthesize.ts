import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import cdk from '../../../cdk.json' with { type: 'json' };
import { readSettings } from '../../../infra/stack/config.ts';
import { PlumblineStack } from '../../../infra/stack/stack.ts';
import { makeFolder } from '../../temporary.ts';

/** An app that leaves nothing behind: one without a folder makes itself one that stays. */
export const makeApp = () =>
  new App({ context: cdk.context, builtinCloudFormationValidation: false, outdir: makeFolder() });

/** The stack as `cdk synth` makes it, but for the CDK's own validation, which takes seconds. */
export function makeStack(context: Readonly<Record<string, string>> = {}): PlumblineStack {
  return new PlumblineStack(makeApp(), readSettings(context, {}));
}

export const synthesize = (context: Readonly<Record<string, string>> = {}): Template =>
  Template.fromStack(makeStack(context));

/** Every setting that adds something to the stack. */
export const allSettings = {
  github: 'acme@123/scores@456',
  auth: 'both',
  domain: 'scores.example.org',
  email: 'ops@example.org',
  budget: '25',
  training: 'spark',
  input: 's3://lake/rows/',
} as const;

/** Every setting that adds something to a stack with a fleet. */
export const allFleetSettings = {
  ...allSettings,
  size: 'fleet',
  min: '3',
  max: '9',
  certificate: 'arn:aws:acm:eu-west-1:123456789012:certificate/12345678-1234-1234-1234-123456789012',
  access: 'yes',
} as const;

export interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

/** A value with its references as `${…}`. */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[kind, argument] = []] = Object.entries(value as Record<string, unknown>);
  if (kind === 'Fn::Join') return (argument as [string, unknown[]])[1].map(flat).join('');
  if (kind === 'Fn::Sub') return argument as string;
  return `\${${kind === 'Ref' ? argument : (argument as string[]).join('.')}}`;
}
