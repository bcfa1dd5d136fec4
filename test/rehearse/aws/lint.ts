// What AWS would not take, as far as cfn-lint knows the resource types: better than moto does.

import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../process.ts';
import type { MotoAccount } from './moto-account.ts';

export async function lint({ checks, cdk, moto, tools }: MotoAccount): Promise<void> {
  const { status, output } = await run(tools['cfn-lint'], [cdk.templateFile], { env: moto.environment });
  checks.check('cfn-lint finds nothing in it', status === 0, output.trim());
}

/** Every combination of settings that make other resources, in one call, since cfn-lint takes its time to start. */
export async function lintCombinations({ checks, folder, moto, tools }: MotoAccount): Promise<void> {
  // Loaded here, since the library takes seconds.
  const { combinations, titleOf } = await import('../../infra/stack/combinations.ts');
  const { synthesize } = await import('../../infra/stack/synthesize.ts');
  const place = mkdtempSync(join(folder, 'combinations-'));
  const files = combinations.map((context) => {
    const file = join(place, `${titleOf(context).replaceAll(' ', ',')}.json`);
    writeFileSync(file, JSON.stringify(synthesize(context).toJSON()));
    return file;
  });
  const { status, output } = await run(tools['cfn-lint'], files, { env: moto.environment });
  const title = `cfn-lint finds nothing in any of ${files.length} combinations of size, runner and training`;
  checks.check(title, status === 0, output.trim());
}
