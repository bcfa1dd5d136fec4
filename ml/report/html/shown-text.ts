const LONGEST = 80;

/** Controls and marks of direction, but for the joiners, which letters and emoji need. */
const invisible = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu;

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** A text from a data set as a page shows it: on one line, bounded, without characters that would rearrange what stands around it. */
export function shownText(text: string, longest = LONGEST): string {
  const start = text.slice(0, 2 * longest);
  const line = start.replaceAll(invisible, ' ').trim();
  const isWhole = start.length === text.length && line.length <= longest;
  return isWhole ? line : `${line.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** A text that is written from right to left in marks that keep its order from the text around it; any other as it is. */
export const isolated = (text: string): string => (rightToLeft.test(text) ? `\u2068${text}\u2069` : text);
