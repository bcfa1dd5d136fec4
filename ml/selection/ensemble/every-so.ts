/** At most about so many of some rows, evenly from all of them: every one, every second one, and so on. */
export function everySo(rows: number, most: number): Uint32Array {
  const step = Math.ceil(rows / most);
  return Uint32Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step);
}
