/** Says on which line of a file csv-parse's records stand, and a byte past the last of them. */
export class LineCounter {
  /** The line on which the last record ends. */
  last = 0;
  #counted = 0;
  #excess = 0;
  /** How many bytes the records so far took. */
  #recordBytes = 0;
  /** The bytes from there on, and some before. */
  #chunks: Uint8Array[] = [];
  #keptFrom = 0;

  /** Takes the next bytes, before their records. */
  keep(chunk: Uint8Array): void {
    let first = this.#chunks[0];
    while (first && this.#keptFrom + first.length <= this.#recordBytes) {
      this.#keptFrom += first.length;
      this.#chunks.shift();
      first = this.#chunks[0];
    }
    this.#chunks.push(chunk);
  }

  /** The line where a record starts, of which csv-parse counted `lines` until its end. */
  startOf(record: readonly string[], { lines, bytes }: { readonly lines: number; readonly bytes: number }): number {
    let inside = 0;
    if (lines - this.#counted > 1) {
      for (const cell of record) {
        const breaks = cell.match(lineBreaks) ?? [];
        inside += breaks.length;
        // csv-parse 7 counts a CRLF inside quotes as two lines.
        this.#excess += breaks.filter((lineBreak) => lineBreak === '\r\n').length;
      }
    }
    this.#counted = lines;
    this.#recordBytes = bytes;
    this.last = lines - this.#excess;
    return this.last - inside;
  }

  /** The line of a byte that no record has reached. */
  at(byte: number): number {
    const rest = Buffer.concat(this.#chunks).subarray(this.#recordBytes - this.#keptFrom, byte - this.#keptFrom);
    return this.last + 1 + (rest.toString('latin1').match(lineBreaks) ?? []).length;
  }
}

const lineBreaks = /\r\n|\n|\r/g;
