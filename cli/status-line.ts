/** A stream for people to read, as far as a status line needs to know it. */
interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const REDRAWN_MS = 100;
/** Progress comes a few times a second, so that a line is seen at least every two seconds. */
const PRINTED_MS = 1_500;
/** Of a terminal that does not say. */
const WIDTH = 80;

/**
 * What is happening now, below the lines that stay: on a terminal one line that is written over, elsewhere a line
 * where nothing was written for a while.
 */
export class StatusLine {
  readonly #output: Output;
  readonly #now: () => number;
  #written: number;
  #shown = false;

  /** @param now milliseconds; only their differences count */
  constructor(output: Output, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
    this.#written = now();
  }

  show(text: string): void {
    const { isTTY, columns } = this.#output;
    if (this.#now() - this.#written < (isTTY ? REDRAWN_MS : PRINTED_MS)) return;
    this.#written = this.#now();
    this.#shown = isTTY === true;
    // A line that wraps could not be written over.
    this.#output.write(isTTY ? `\r\x1b[K${text.slice(0, (columns || WIDTH) - 1)}` : `${text}\n`);
  }

  /** Writes a line that stays. */
  print(text: string): void {
    this.clear();
    this.#output.write(`${text}\n`);
    this.#written = this.#now();
  }

  clear(): void {
    if (this.#shown) this.#output.write('\r\x1b[K');
    this.#shown = false;
  }
}
