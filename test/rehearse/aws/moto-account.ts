// One rehearsal's own account at moto, and the ways to deal with it.

import { type Ask, askMoto } from './ask.ts';
import { type Cdk, type CdkOptions, makeCdk } from './cdk.ts';
import type { Checks } from './checks.ts';
import { type Moto, startMoto } from './moto.ts';
import type { Tools } from './tools.ts';

/** What every rehearsal shares. */
export interface Setup {
  readonly checks: Checks;
  readonly tools: Tools;
  /** A folder for whatever has to be written. */
  readonly folder: string;
}

export interface MotoAccount extends Setup {
  readonly moto: Moto;
  readonly ask: Ask;
  readonly cdk: Cdk;
}

/** Rehearses with a moto that knows nothing yet, and ends it afterwards. */
export async function withAccount(
  setup: Setup,
  options: CdkOptions,
  rehearse: (account: MotoAccount) => Promise<void>,
): Promise<void> {
  const { checks, tools, folder } = setup;
  const failedBefore = checks.failed;
  const moto = await startMoto(tools, folder);
  const { ask, stop } = askMoto(moto, tools);
  try {
    await rehearse({ ...setup, moto, ask, cdk: makeCdk(moto, folder, options) });
  } finally {
    stop();
    await moto.stop();
    if (checks.failed > failedBefore) console.log(`\nThe end of moto's log:\n${moto.logTail(40)}\n`);
  }
}
