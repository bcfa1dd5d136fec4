// What AWS would not take, as far as cfn-lint knows the resource types: better than moto does.

import { run } from '../process.ts';
import type { MotoAccount } from './moto-account.ts';

export async function lint({ checks, cdk, moto, tools }: MotoAccount): Promise<void> {
  const { status, output } = await run(tools['cfn-lint'], [cdk.templateFile], { env: moto.environment });
  checks.check('cfn-lint finds nothing in it', status === 0, output.trim());
}
