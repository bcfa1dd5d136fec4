/** Characters that are joined before they are handed on. */
const PIECE = 2 ** 16;

/**
 * Rows of cells as the text of a CSV that reads back as it was, whatever is in a cell; in pieces.
 *
 * @param delimiter one character
 */
export async function* csvText(
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  delimiter = ',',
): AsyncGenerator<string, undefined> {
  let piece = '';
  for await (const row of rows) {
    for (let j = 0; j < row.length; j++) piece += (j === 0 ? '' : delimiter) + cellText(row[j] as string, delimiter);
    piece += '\n';
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** What would end a cell or a line stands in quotes, and a quote is written twice. */
const cellText = (cell: string, delimiter: string) =>
  /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
