// One rehearsal's own account at moto, and the ways to deal with it.

import { type Ask, askMoto } from './ask.ts';
import { type Cdk, type CdkOptions, makeCdk } from './cdk.ts';
import type { Checks } from './checks.ts';
import { type Moto, startMoto } from './moto.ts';
import type { Tools } from './tools.ts';

/** What every rehearsal shares. */
export interface Theatre {
  readonly checks: Checks;
  readonly tools: Tools;
  /** A folder for whatever has to be written. */
  readonly folder: string;
}

export interface Stage extends Theatre {
  readonly moto: Moto;
  readonly ask: Ask;
  readonly cdk: Cdk;
}

/** Plays with a moto that knows nothing yet, and is gone afterwards. */
export async function onStage(
  theatre: Theatre,
  options: CdkOptions,
  play: (stage: Stage) => Promise<void>,
): Promise<void> {
  const { checks, tools, folder } = theatre;
  const failedBefore = checks.failed;
  const moto = await startMoto(tools, folder);
  const { ask, stop } = askMoto(moto, tools);
  try {
    await play({ ...theatre, moto, ask, cdk: makeCdk(moto, folder, options) });
  } finally {
    stop();
    await moto.stop();
    if (checks.failed > failedBefore) console.log(`\nThe end of moto's log:\n${moto.logTail(40)}\n`);
  }
}
