// What a command makes on the way to its end does not stay, however that end comes.

import { setImmediate as nextTurn } from 'node:timers/promises';

const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does something, and tidies up after it once: also where a signal ends this process meanwhile, which it then does as ever.
 *
 * @param tidy it has to be done when it returns
 */
export async function tidying<T>(action: () => T | Promise<T>, tidy: () => void): Promise<T> {
  let isTidy = false;
  const tidyOnce = () => {
    if (isTidy) return;
    isTidy = true;
    tidy();
  };
  const forget = () => {
    for (const signal of ending) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals) => {
    try {
      tidyOnce();
    } finally {
      forget();
      process.kill(process.pid, signal);
    }
  };
  for (const signal of ending) process.on(signal, end);
  try {
    return await action();
  } finally {
    tidyOnce();
    // A signal that came while a tool ran is heard now.
    await nextTurn();
    forget();
  }
}
