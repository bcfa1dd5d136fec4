// A rehearsal is worth something only if nothing is passed over in silence.

import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../temporary.ts';
import { Checks } from './checks.ts';
import { deploy } from './lifecycle.ts';
import { withAccount } from './moto-account.ts';
import { findTools } from './tools.ts';

const tools = await findTools();
const unless = tools ? '' : ' (skipped: moto is not installed here; npm run rehearse:aws installs it)';

test.skipIf(!tools).each([
  ['type', 'Plumbline::Rehearsal::Unknown'],
  ['property', 'FifoTopic'],
])(`a %s that the rehearsal does not know makes it fail${unless}`, async (what, name) => {
  if (!tools) return;
  vi.spyOn(console, 'log').mockReturnValue();
  const checks = new Checks();
  const setup = { checks, tools, folder: temporaryFolder() };
  const app = `node ${fileURLToPath(new URL('unsupported-app.ts', import.meta.url))} ${what}`;
  const rehearsal = withAccount(setup, { settings: [], app }, async (account) => {
    await deploy(account);
  });
  await expect(rehearsal).rejects.toThrow(name);
  expect(checks.finish()).toBe(1);
});
