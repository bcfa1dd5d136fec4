/** What texts are written to in the end. */
export interface Sink {
  write(text: string): void;
  flushSync(): void;
}

/** Lines are handed over so many characters at a time, since a write for each would take as long as a prediction; … */
const CHARACTERS = 64 * 1024;
/** … and at the latest after so long, so that whoever looks sees what happens. */
const FLUSH_MS = 100;

/**
 * Collects lines of a log. SonicBoom has a buffer of its own, but measures all that waits in it again at each line.
 */
export class LineBuffer {
  readonly #sink: Sink;
  #text = '';

  constructor(sink: Sink) {
    this.#sink = sink;
    setInterval(() => this.flush(), FLUSH_MS).unref();
  }

  write(line: string): void {
    this.#text += line;
    if (this.#text.length >= CHARACTERS) this.flush();
  }

  flush(): void {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    this.#sink.write(text);
  }

  /** Writes all that waits, and returns once it is written. */
  flushSync(): void {
    this.flush();
    this.#sink.flushSync();
  }
}
