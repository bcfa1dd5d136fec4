import { setTimeout as sleep } from 'node:timers/promises';

/** What `find` finds, which may take a moment. @throws Error where it finds nothing within half a minute, as a busy machine may need */
export async function until<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = performance.now() + 30_000;
  while (performance.now() < end) {
    const found = await find();
    if (found !== undefined) return found;
    await sleep(10);
  }
  throw new Error(`nothing was found: ${find}`);
}
