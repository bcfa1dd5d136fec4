// Markdown as GitHub shows it: text from a data set stays text, numbers become bars.

/**
 * Text from outside as one line that Markdown, tables, HTML and GitHub's mentions all leave alone.
 * What is longer than `longest` characters is cut: a comment takes 65,536 in all.
 */
export function plain(text: string, longest = 80): string {
  const characters = [...text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ').trim()];
  const short = characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('');
  return (
    short
      // First of all, or it would escape what is made below.
      .replaceAll(/[\\`*_{}[\]()#+!|~:$-]/g, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // A backslash does not keep GitHub from telling somebody that they were mentioned; nothing between does.
      .replaceAll('@', '@\u2060')
  );
}

/** An id or a digest as code, in which a backslash would be shown. */
export const code = (text: string): string => `\`${text.replaceAll(/[^\w.:/@-]/g, '')}\``;

export interface TableColumn {
  readonly title: string;
  /** @default left */
  readonly align?: 'right';
}

/** A table; the cells are Markdown already. */
export function table(columns: readonly TableColumn[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => title)),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map(line),
  ].join('\n');
}

const width = 20;

const cell = (position: number) => Math.min(width - 1, Math.max(0, Math.floor(position * width)));

/** A part of a whole as a bar; nothing where it is not a number. */
export function bar(share: number): string {
  if (!Number.isFinite(share)) return '';
  const full = Math.min(width, Math.max(0, Math.round(share * width)));
  return `\`${'█'.repeat(full)}${'░'.repeat(width - full)}\``;
}

/** Where a middle lies between two ends, and how far its surroundings reach: `░░▒▒▒█▒▒▒░░`. */
export function spread(middle: number, reach: number, [from, to]: readonly [number, number]): string {
  const place = (value: number) => cell((value - from) / (to - from));
  const marks = Array.from({ length: width }, (_, i) =>
    i === place(middle) ? '█' : i >= place(middle - reach) && i <= place(middle + reach) ? '▒' : '░',
  );
  return `\`${marks.join('')}\``;
}

/** A number with so many decimals; a dash where there is none. */
export function decimals(value: number | undefined, digits: number): string {
  if (value === undefined) return '–';
  const text = value.toFixed(digits);
  // What rounds to nothing has no sign.
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** A number as short as it can be told: 0.6, 66.089, 1234567. */
export const brief = (value: number): string => String(Number(value.toPrecision(5)));

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export const count = (value: number): string => value.toLocaleString('en-US');
