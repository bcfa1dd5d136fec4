// How wide a text will be. No font is at hand where a report is made, so these are upper bounds: those of DejaVu Sans, the
// widest of the usual ones.

const EM: readonly (readonly [RegExp, number])[] = [
  [/[\p{M}\p{Cf}]/u, 0],
  [/[ijl.,:;'|! ]/, 0.34],
  [/[frtIJ()[\]/\\\-–"]/, 0.44],
  [/[mwMW@%—…±×]/, 1],
  [/[A-Z&ÄÖÜ]/, 0.78],
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u, 1.3],
];
const OTHERS = 0.65;

/** The font size of a chart's text, in its own pixels. */
export const FONT_SIZE = 11;

/** An upper bound of the width of a text, in a chart's own pixels. */
export function textWidth(text: string, size = FONT_SIZE): number {
  let em = 0;
  for (const character of text) em += EM.find(([like]) => like.test(character))?.[1] ?? OTHERS;
  return em * size;
}

const segmenter = new Intl.Segmenter('en');

/** A text, or as much of its start as fits, which shows that it was cut; never through the middle of a character. */
export function fittedText(text: string, width: number, size = FONT_SIZE): string {
  if (textWidth(text, size) <= width) return text;
  let kept = '';
  let left = width - textWidth('…', size);
  for (const { segment } of segmenter.segment(text)) {
    left -= textWidth(segment, size);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
