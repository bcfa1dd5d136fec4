import { setTimeout as sleep } from 'node:timers/promises';

/** What `find` finds, which may take a moment. @throws Error where it finds nothing within a few seconds */
export async function until<T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let i = 0; i < 500; i++) {
    const found = await find();
    if (found !== undefined) return found;
    await sleep(10);
  }
  throw new Error(`nothing was found: ${find}`);
}
