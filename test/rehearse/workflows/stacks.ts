// What the repository's settings hold for each kind of target: its stack says it, deployed to moto, and npm run github:setup sets it.

import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import cdk from '../../../cdk.json' with { type: 'json' };
import { readSettings } from '../../../infra/stack/config.ts';
import { PlumblineStack } from '../../../infra/stack/stack.ts';
import { askMoto } from '../aws/ask.ts';
import { doubledGitHub } from '../aws/github-setup.ts';
import type { Moto } from '../aws/moto.ts';
import type { Tools } from '../aws/tools.ts';
import type { Settings } from './workflow-runner.ts';

/**
 * What the app may run on, by the settings of a stack that make another one of it. (With training=spark the same is said of each; a test
 * of the stack holds that.) An account has GitHub's provider once.
 */
const stacks = {
  'self-hosted': { name: 'plumbline', provider: 'create' },
  ephemeral: { name: 'plumbline-ephemeral', runner: 'ephemeral', provider: 'existing' },
  none: { name: 'plumbline-none', runner: 'none', provider: 'existing' },
  fleet: { name: 'plumbline-fleet', size: 'fleet', min: '1', provider: 'existing' },
} as const;

export type TargetKind = keyof typeof stacks;

/** What a repository has of a stack. */
interface SetUp {
  readonly settings: Settings;
  /** What its workflows may do in the account: `ecr:PutImage`. */
  readonly rights: ReadonlySet<string>;
}

export type Targets = Readonly<Record<TargetKind, SetUp>>;

/** Deploys a stack of each, and sets at GitHub what it says. @throws Error where that fails */
export async function setUpTargets(moto: Moto, tools: Tools, folder: string): Promise<Targets> {
  const { ask, stop } = askMoto(moto, tools);
  const templates = synthesize(folder);
  try {
    const targets: [string, SetUp][] = [];
    for (const [kind, { name }] of Object.entries(stacks)) {
      const about = `--stack-name ${name}`;
      const template = templates(name);
      await ask(
        `cloudformation create-stack ${about} --template-body file://${template} --capabilities CAPABILITY_IAM`,
      );
      const state = await ask(`cloudformation describe-stacks ${about}`, 'Stacks[0].StackStatus');
      if (state !== 'CREATE_COMPLETE') throw new Error(`The stack ${name} is ${state}.`);
      targets.push([kind, { settings: await setAtGitHub(moto, folder, name), rights: rightsIn(template) }]);
    }
    return Object.fromEntries(targets) as Targets;
  } finally {
    stop();
  }
}

/** Gives the file of each stack's template. */
function synthesize(folder: string): (name: string) => string {
  const outdir = mkdtempSync(join(folder, 'cdk-'));
  // The CDK's own validation takes seconds; rehearse:aws has it.
  const app = new App({ context: cdk.context, outdir, builtinCloudFormationValidation: false });
  for (const context of Object.values(stacks)) {
    new PlumblineStack(app, readSettings({ github: 'acme/scores', email: 'ops@example.org', ...context }, {}));
  }
  const made = app.synth();
  return (name) => made.getStackByName(name).templateFullPath;
}

async function setAtGitHub(moto: Moto, folder: string, stack: string): Promise<Settings> {
  const { status, output, calls } = await doubledGitHub(moto, folder, stack)();
  if (status !== 0) throw new Error(`npm run github:setup -- --stack ${stack} failed:\n${output}`);
  const set = (what: string) =>
    calls.flatMap(({ args, input }) => (args[0] === what ? [[args[2], args[6] ?? input]] : []));
  return { variables: Object.fromEntries(set('variable')), secrets: Object.fromEntries(set('secret')) };
}

/** The policies that the user and the role of deploys have are the template's only managed ones. */
function rightsIn(template: string): ReadonlySet<string> {
  const { Resources } = JSON.parse(readFileSync(template, 'utf8')) as {
    Resources: Record<
      string,
      { Type: string; Properties: { PolicyDocument: { Statement: { Action: string | string[] }[] } } }
    >;
  };
  const policies = Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy');
  return new Set(
    policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement.flatMap(({ Action }) => Action)),
  );
}
