/** Texts by their places: an array of them, or a list that is kept more tightly. */
export interface Texts {
  readonly length: number;
  /** The text at a place from 0 on. */
  at(place: number): string | undefined;
}

/** Texts stand in pages of so many bytes; one that is longer has a page of its own. */
const PAGE = 2 ** 22;
const FIRST_PAGE = 2 ** 10;
const FIRST_ROOM = 16;
/** Marks the size of a text that has characters beyond Latin-1, of two bytes each. */
const WIDE = 2 ** 31;

/** A list of texts as bytes: ten million of a dozen characters take 240 MB, where strings take three times that of the heap. */
export class TextList implements Texts {
  readonly #pages: Buffer[] = [];
  /** The end of what is used of the last page. */
  #used = 0;
  #starts = new Float64Array(FIRST_ROOM);
  #sizes = new Uint32Array(FIRST_ROOM);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Adds a text; returns its place. */
  push(text: string): number {
    const isWide = hasWideCharacters(text);
    const size = isWide ? 2 * text.length : text.length;
    const page = this.#pageFor(size);
    page.write(text, this.#used, isWide ? 'utf16le' : 'latin1');
    const place = this.#length++;
    if (place === this.#sizes.length) this.#makeRoom();
    this.#starts[place] = (this.#pages.length - 1) * PAGE + this.#used;
    this.#sizes[place] = isWide ? size + WIDE : size;
    this.#used += size;
    return place;
  }

  at(place: number): string | undefined {
    const [start, marked] = [this.#starts[place], this.#sizes[place]];
    if (start === undefined || marked === undefined || place >= this.#length) return undefined;
    const page = this.#pages[Math.floor(start / PAGE)] as Buffer;
    const from = start % PAGE;
    return marked < WIDE
      ? page.toString('latin1', from, from + marked)
      : page.toString('utf16le', from, from + marked - WIDE);
  }

  *[Symbol.iterator](): Generator<string> {
    for (let place = 0; place < this.#length; place++) yield this.at(place) as string;
  }

  #pageFor(size: number): Buffer {
    const last = this.#pages.at(-1);
    if (last && this.#used + size <= last.length) return last;
    const page = Buffer.alloc(Math.max(size, last ? Math.min(PAGE, 2 * last.length) : FIRST_PAGE));
    this.#pages.push(page);
    this.#used = 0;
    return page;
  }

  #makeRoom(): void {
    const starts = new Float64Array(2 * this.#length);
    const sizes = new Uint32Array(2 * this.#length);
    starts.set(this.#starts);
    sizes.set(this.#sizes);
    this.#starts = starts;
    this.#sizes = sizes;
  }
}

function hasWideCharacters(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0xff) return true;
  return false;
}
