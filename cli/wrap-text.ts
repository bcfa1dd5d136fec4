/** Of a terminal that does not say, and of what is no terminal. */
const WIDTH = 100;
const NARROWEST = 30;

/** How many characters a line of standard output has room for. */
export const outputWidth = (): number => Math.max(NARROWEST, process.stdout.columns || WIDTH);

/** A text in lines of at most so many characters, broken between words; a longer word has a line of its own. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** A text behind a mark, the lines after the first below its start. */
export function hanging(mark: string, text: string, width: number): string {
  const indent = ' '.repeat(mark.length);
  return wrapText(text, width - mark.length)
    .map((line, i) => `${i === 0 ? mark : indent}${line}`)
    .join('\n');
}
