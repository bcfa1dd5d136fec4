/** A number that a double may not hold as it is written: it has many digits, or an exponent. */
const mayBeInexact = /[\d.]{17}|\d[eE]/;
const stringOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const stringOrNotFinite = /"[^"\\]*(?:\\.[^"\\]*)*"|\bNaN\b|-?\bInfinity\b/g;

/**
 * The value of a JSON text. Where a number may lose digits (123456789012345678, 713752e1), all of its numbers are the texts that they
 * are written as, as the cells of a CSV are. NaN, which Python writes and JSON has not, is null, and an infinity its text.
 *
 * @throws SyntaxError if it is not JSON
 */
export function parseExactly(given: string): unknown {
  const { text, value } = parsed(given);
  if (!mayBeInexact.test(text)) return value;
  return JSON.parse(text.replace(stringOrNumber, (token) => (token.startsWith('"') ? token : `"${token}"`)));
}

function parsed(text: string): { readonly text: string; readonly value: unknown } {
  try {
    return { text, value: JSON.parse(text) };
  } catch (error) {
    const finite = text.replace(stringOrNotFinite, (token) =>
      token.startsWith('"') ? token : token === 'NaN' ? 'null' : `"${token}"`,
    );
    if (finite === text) throw error;
    return { text: finite, value: parsed(finite).value };
  }
}
