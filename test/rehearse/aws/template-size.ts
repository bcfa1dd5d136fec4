// An account that was never bootstrapped has no bucket for a template, so CloudFormation has to take it as it is.

import { makeCdk } from './cdk.ts';
import type { MotoAccount } from './moto-account.ts';

/** What CloudFormation takes of a template by itself, in bytes. */
const largest = 51_200;

/** Settings as long as they are taken; everything that can be on is on. */
const long = [
  `name=${'n'.repeat(24)}`,
  `github=${'o'.repeat(39)}@1234567890/${'r'.repeat(100)}@1234567890`,
  'auth=both',
  `domain=${'d'.repeat(48)}.${'d'.repeat(47)}.org`,
  `email=${'e'.repeat(60)}@${'e'.repeat(35)}.org`,
  'instance=t4g.medium',
  'terminate=yes',
  'training=spark',
  `input=s3://lak/${'p'.repeat(110)}/`,
];

/** Checks a template as the CDK sends it. */
export function expectSmall({ checks }: MotoAccount, title: string, template: string): void {
  const size = Buffer.byteLength(template);
  checks.check(
    `${title}: ${size} of ${largest} bytes`,
    size <= largest,
    'cdk deploy would ask for cdk bootstrap first.',
  );
}

export async function expectSmallWhateverTheSettings(account: MotoAccount): Promise<void> {
  for (const runner of ['self-hosted', 'ephemeral', 'none']) {
    const settings = [...long, `runner=${runner}`];
    const { status, stdout, output } = await makeCdk(account.moto, account.folder, { settings }).run('synth');
    account.checks.demand(`cdk synth takes long settings, and runner=${runner}`, status === 0, output.trim());
    expectSmall(account, 'its template needs no bucket either', stdout);
  }
}
