// What a person sees who gives a setting that cannot be: one line, before anything is made.

import { makeCdk } from './cdk.ts';
import type { MotoAccount } from './moto-account.ts';

/** @param setting `name=value` */
export async function expectRefusal({ checks, moto, folder }: MotoAccount, setting: string): Promise<void> {
  const [name = '', value = ''] = setting.split('=');
  const { status, output } = await makeCdk(moto, folder, { settings: [setting] }).run('deploy');
  checks.equal('cdk deploy fails', status, 1);
  const lines = output.trim().split('\n');
  const telling = lines.filter((line) => line.includes(name) && line.includes(value));
  checks.equal('one line says which setting, and what it is', telling.length, 1);
  checks.equal(
    'there is no stack of calls',
    lines.filter((line) => /^\s+at /.test(line)),
    [],
  );
}
