// Runs the CDK's command line as its users do, but for where it writes.

import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Outcome, root, run } from '../process.ts';
import type { Moto } from './moto.ts';

/** The stack's name where no setting says another. */
export const stackName = 'plumbline';

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

export interface Cdk {
  /** Runs a command of the CDK (`deploy`) with the settings, and further arguments. */
  readonly run: (command: string, ...args: string[]) => Promise<Outcome>;
  /** Everything that it printed so far. */
  readonly transcript: () => string;
  /** The file of the template that the last command was about. */
  readonly templateFile: string;
  /** What stands in it. */
  readonly template: () => Template;
}

export interface CdkOptions {
  /** As `name=value`. */
  readonly settings: readonly string[];
  /** @default - the project's own app, by cdk.json */
  readonly app?: string | undefined;
}

/** @param folder where its output goes, so that the checkout's own cdk.out is left alone */
export function makeCdk(moto: Moto, folder: string, { settings, app }: CdkOptions): Cdk {
  const output = mkdtempSync(join(folder, 'cdk-'));
  const templateFile = join(output, `${stackName}.template.json`);
  const common = [
    ...settings.flatMap((setting) => ['-c', setting]),
    ...(app ? ['--app', app] : []),
    '--output',
    output,
  ];
  const env = {
    ...moto.environment,
    // The CDK is large, and runs a dozen times.
    NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/compile'),
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  let transcript = '';
  return {
    async run(command, ...args) {
      const outcome = await run(`${root}node_modules/.bin/cdk`, [command, ...args, ...common], { env });
      transcript += outcome.output;
      return outcome;
    },
    transcript: () => transcript,
    templateFile,
    template: () => JSON.parse(readFileSync(templateFile, 'utf8')) as Template,
  };
}
