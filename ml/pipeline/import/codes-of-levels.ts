import { cellTextOf } from '../../data/kinds/cell-text.ts';

type CodeOf = (text: string) => number | null;

/**
 * The model's code of each level, null where it does not know it. A model may know texts with spaces around, which cells are read without:
 * a level is such a text, unless the model knows it as it is. Where the model tells both apart cells cannot, and rows of proof decide.
 *
 * @param known the texts that the model's file lists
 */
export function codesOfLevels(levels: readonly string[], codeOf: CodeOf, known: readonly string[]): (number | null)[] {
  // Of several that are one to cells the first.
  const knownAs = new Map(known.toReversed().map((text) => [cellTextOf(text), text]));
  return levels.map((level) => codeOf(level) ?? codeOf(knownAs.get(level) ?? level));
}

/** Those of a model's texts that cells have without the spaces around. */
export const spacedTexts = (known: readonly string[]) =>
  known.filter((text) => text !== text.trim() && text.trim() !== '');
