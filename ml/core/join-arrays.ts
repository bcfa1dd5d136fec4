/** Numbers of rows one part after the other. */
export function joinRows(parts: readonly Uint32Array[]): Uint32Array {
  return fill(new Uint32Array(lengthOf(parts)), parts);
}

/** Numbers one part after the other. */
export function joinNumbers(parts: readonly Float64Array[]): Float64Array {
  return fill(new Float64Array(lengthOf(parts)), parts);
}

const lengthOf = (parts: readonly { readonly length: number }[]) => parts.reduce((sum, { length }) => sum + length, 0);

function fill<T extends Uint32Array | Float64Array>(all: T, parts: readonly T[]): T {
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
