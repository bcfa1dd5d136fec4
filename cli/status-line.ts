/** A stream for people to read, as far as a status line needs to know it. */
interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
}

const REDRAWN_MS = 100;
/** Progress comes a few times a second, so that a line is seen at least every two seconds. */
const PRINTED_MS = 1_500;
/** Of a terminal that does not say. */
const WIDTH = 80;
const HEIGHT = 24;

/**
 * What is happening now, below the lines that stay: on a terminal a line that is written over, with details above it, elsewhere
 * a line where nothing was written for a while.
 */
export class StatusLine {
  readonly #output: Output;
  readonly #now: () => number;
  #written: number;
  /** How many lines of the terminal are to be written over. */
  #shown = 0;

  /** @param now milliseconds; only their differences count */
  constructor(output: Output, now: () => number = () => performance.now()) {
    this.#output = output;
    this.#now = now;
    this.#written = now();
  }

  /** @param details lines that stand above it on a terminal, as far as there is room */
  show(text: string, details: readonly string[] = []): void {
    const { isTTY, columns, rows } = this.#output;
    if (this.#now() - this.#written < (isTTY ? REDRAWN_MS : PRINTED_MS)) return;
    this.#written = this.#now();
    if (!isTTY) {
      this.#output.write(`${text}\n`);
      return;
    }
    // A line that wraps, or leaves the screen, could not be written over.
    const lines = [...details.slice(0, (rows || HEIGHT) - 2), text].map((line) =>
      line.slice(0, (columns || WIDTH) - 1),
    );
    this.#output.write(`${this.#erased() || '\r\x1b[K'}${lines.join('\n')}`);
    this.#shown = lines.length;
  }

  /** Writes a line that stays. */
  print(text: string): void {
    this.clear();
    this.#output.write(`${text}\n`);
    this.#written = this.#now();
  }

  clear(): void {
    if (this.#shown > 0) this.#output.write(this.#erased());
    this.#shown = 0;
  }

  /** What takes the terminal back to before what it shows. */
  #erased(): string {
    if (this.#shown === 0) return '';
    return this.#shown === 1 ? '\r\x1b[K' : `\r\x1b[${this.#shown - 1}A\x1b[J`;
  }
}
