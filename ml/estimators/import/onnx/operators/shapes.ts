/**
 * Whether a shape leaves a row a row: of so many columns, or, of one column, none at all. −1 stands for what is left, and 0 for
 * what it was.
 */
export function isSameShape(shape: readonly number[], width: number): boolean {
  const [rows, columns, ...more] = shape;
  if (more.length > 0 || rows === undefined) return false;
  if (columns === undefined) return rows === -1 && width === 1;
  if (rows === -1) return columns === width || columns === 0;
  return rows === 0 && (columns === -1 || columns === 0 || columns === width);
}
