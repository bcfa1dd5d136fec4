/** A text without its first lines, which end in LF, CRLF or CR; it comes in pieces. */
export async function* skipLines(pieces: AsyncIterable<string>, count: number): AsyncGenerator<string, undefined> {
  let left = count;
  let isAfterCr = false;
  for await (const piece of pieces) {
    let at = 0;
    while (at < piece.length && (left > 0 || isAfterCr)) {
      const character = piece[at];
      // The LF of a CRLF, whose CR was counted.
      if (isAfterCr && character !== '\n') {
        isAfterCr = false;
        continue;
      }
      if (!isAfterCr && (character === '\n' || character === '\r')) left -= 1;
      isAfterCr = character === '\r';
      at += 1;
    }
    yield at === 0 ? piece : piece.slice(at);
  }
}
