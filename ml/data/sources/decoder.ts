/** What bytes say, as far as they are text. */
export interface Decoded {
  readonly text: string;
  /** Why the bytes after the text are none. */
  readonly problem?: string;
}

/** Turns the bytes of a file into text; characters may be split over chunks. */
export interface Decoder {
  next(chunk: Buffer): Decoded;
  /** What is wrong with the end of the file, once nothing follows. */
  end(): string | undefined;
}

export const CUT_SHORT =
  'the file ends in the middle of a character: it was probably cut short; copy or export it again';
