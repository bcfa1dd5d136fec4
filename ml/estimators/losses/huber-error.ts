import type { Loss } from './loss.ts';

/**
 * Half the squares of errors up to `delta`, and a line beyond.
 *
 * Source: Huber 1964.
 */
export function huberError(delta: number): Loss {
  return {
    link: 'identity',
    value: (target, raw) => {
      const size = Math.abs(target - raw);
      return size <= delta ? (size * size) / 2 : delta * (size - delta / 2);
    },
    gradient: (target, raw) => Math.max(-delta, Math.min(delta, raw - target)),
  };
}
