const SEED = 0x811c9dc5;

/**
 * A hash of a text of 32 bits, whose lower bits are as random as the upper ones; `seed` makes it another one, and chains several texts.
 *
 * Source: Fowler, Noll and Vo (FNV-1a), and the end of Appleby's MurmurHash3 (`fmix32`).
 */
export function textHash(text: string, seed = SEED): number {
  let bits = seed;
  for (let i = 0; i < text.length; i++) bits = Math.imul(bits ^ text.charCodeAt(i), 0x01000193);
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
