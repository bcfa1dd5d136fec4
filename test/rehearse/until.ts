import { setTimeout as sleep } from 'node:timers/promises';

/** How long to wait at most, and how often to look, in milliseconds. */
interface Waiting {
  readonly timeout: number;
  readonly interval: number;
}

/** Waits until something holds; says whether it came to that in time. */
export async function until(holds: () => boolean | Promise<boolean>, { timeout, interval }: Waiting): Promise<boolean> {
  const end = Date.now() + timeout;
  while (!(await holds())) {
    if (Date.now() > end) return false;
    await sleep(interval);
  }
  return true;
}
