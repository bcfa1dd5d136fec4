import { headerKey } from '../header-key.ts';
import { headerWords } from './header-words.ts';

/** What a column is called: its name on the wire, its header where that is another one, and what people read. */
export interface ColumnNames {
  readonly name: string;
  readonly header?: string;
}

/** A name for each header, snake_case and unique: "column_7" where its letters have no simple form in Latin ones. */
export function namesFor(headers: readonly string[]): ColumnNames[] {
  const taken = new Set<string>();
  return headers.map((header, j) => {
    const words = headerWords(header).map((word) => word.toLowerCase());
    const joined = words.join('_');
    const plain = joined === '' ? `column_${j + 1}` : /^[a-z]/.test(joined) ? joined : `column_${joined}`;
    const name = unique(plain, taken);
    taken.add(headerKey(name));
    return headerKey(name) === headerKey(header) || header.trim() === '' ? { name } : { name, header };
  });
}

function unique(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(headerKey(name))) return name;
  for (let i = 2; ; i++) if (!taken.has(headerKey(`${name}_${i}`))) return `${name}_${i}`;
}

/** What people read in place of a header: its words, the first with a capital letter. */
export function titleOf(header: string): string {
  const text = header.trim();
  // It was written for people.
  if (/[\s/]/.test(text)) return capitalized(text.replaceAll('_', ' ').replace(/\s+/g, ' '));
  const words = headerWords(text);
  if (words.length === 0 || /[^\p{ASCII}]/u.test(text)) return capitalized(text.replace(/[_\s]+/g, ' ').trim()) || text;
  return capitalized(words.map(asWord).join(' '));
}

/** Capital letters stay where they abbreviate something: BMI, but Price for PRICE. */
const asWord = (word: string): string => (/^[A-Z\d]{2,3}$/.test(word) ? word : word.toLowerCase());

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
