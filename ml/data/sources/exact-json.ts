/** A number that a double may not hold as it is written: it has many digits, or an exponent. */
const mayBeInexact = /[\d.]{17}|\d[eE]/;
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The value of a JSON text. Where a number may lose digits (123456789012345678, 713752e1), all of its numbers are the texts that they
 * are written as, as the cells of a CSV are.
 *
 * @throws SyntaxError if it is not JSON
 */
export function parseExactly(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (!mayBeInexact.test(text)) return value;
  return JSON.parse(text.replace(stringOrNumber, (token) => (token.startsWith('"') ? token : `"${token}"`)));
}
