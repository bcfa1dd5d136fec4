const MAX_LENGTH = 200;
const MAX_ITEM = 60;

/** A list for a message, bounded however long it is: all of it, or the first few and how many there are. */
export function shortList(items: readonly string[]): string {
  const shown: string[] = [];
  let length = 0;
  for (const item of items) {
    const text = clip(item, MAX_ITEM);
    length += text.length + 2;
    if (length > MAX_LENGTH) return `${shown.join(', ')}, … (${items.length.toLocaleString('en')} in all)`;
    shown.push(text);
  }
  return shown.join(', ');
}

/** A text cut to at most so many characters, which shows that it was cut; never through the middle of a character. */
export function clip(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
