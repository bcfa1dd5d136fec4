/** How cells are written, as a declaration says it of all columns, and what they are read for. */
export interface CellReading {
  /** What separates the whole part of a number from the rest. @default a point */
  readonly decimal?: '.' | ',' | undefined;
  /** What groups the digits of a number. @default nothing does */
  readonly thousands?: string | undefined;
  /** Whether programs wrote the numbers, without what people write beside them. @default people did */
  readonly areBare?: boolean | undefined;
  /** Texts that say that a value is not known, beside the empty one. @default none */
  readonly missing?: readonly string[] | undefined;
  /** Rows that models learn from, or records to predict, of which a category may take more. @default training */
  readonly purpose?: 'training' | 'serving' | undefined;
}

/** The texts that say that a value of a column is not known: its own, or those of all columns, and the empty one. */
export function missingTexts(
  { missing: own }: { readonly missing?: readonly string[] | undefined },
  { missing = [] }: CellReading,
): ReadonlySet<string> {
  return new Set(['', ...(own ?? missing)]);
}

/** A function that says whether a text, without spaces around it, says that a value of a column is not known. */
export function missingCheck(
  column: { readonly missing?: readonly string[] | undefined },
  reading: CellReading,
): (text: string) => boolean {
  const texts = missingTexts(column, reading);
  // Asked of every cell, and mostly there is only the empty one.
  return texts.size === 1 ? (text) => text === '' : (text) => texts.has(text);
}

/**
 * The values that the texts for "not known" stand for, where they stand for any: −999 is not known however it is written.
 *
 * @param parse a text as a value
 */
export function missingValues(texts: ReadonlySet<string>, parse: (text: string) => number | undefined): Set<number> {
  return new Set([...texts].flatMap((text) => parse(text) ?? []));
}
