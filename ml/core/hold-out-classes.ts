import { permutation, type Random } from './random.ts';
import type { Split } from './split.ts';

/**
 * Holds out about `count` random rows, of each class its share, but never the last of a class.
 *
 * @param classOf of each row the index of its class
 */
export function holdOutOfClasses(classOf: ArrayLike<number>, count: number, random: Random): Split {
  const order = permutation(classOf.length, random);
  const rows = rowsByClass(classOf, order);
  const shares = sharesOf(
    rows.map(({ length }) => length),
    count,
  );
  const isHeld = new Uint8Array(classOf.length);
  rows.forEach((own, k) => {
    for (const row of own.slice(0, shares[k])) isHeld[row] = 1;
  });
  const all = Uint32Array.from(order.keys());
  return { learned: all.filter((row) => isHeld[row] === 0), held: all.filter((row) => isHeld[row] === 1) };
}

function rowsByClass(classOf: ArrayLike<number>, order: Uint32Array): number[][] {
  const rows: number[][] = [];
  for (const row of order) {
    const k = classOf[row] as number;
    rows[k] ??= [];
    rows[k].push(row);
  }
  return rows.filter((own) => own !== undefined);
}

/** How many to take of each size, so that they are `count` in all where they can be: the largest remainders are rounded up. */
function sharesOf(sizes: readonly number[], count: number): number[] {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (count * size) / total);
  const shares = exact.map((share, k) => Math.min(Math.floor(share), (sizes[k] as number) - 1));
  const byRemainder = [...sizes.keys()].sort((a, b) => remainder(exact, b) - remainder(exact, a) || a - b);
  let rest = count - shares.reduce((sum, share) => sum + share, 0);
  for (const k of byRemainder) {
    if (rest === 0 || (shares[k] as number) >= (sizes[k] as number) - 1) continue;
    shares[k] = (shares[k] as number) + 1;
    rest -= 1;
  }
  return shares;
}

const remainder = (exact: readonly number[], k: number) => (exact[k] as number) % 1;
