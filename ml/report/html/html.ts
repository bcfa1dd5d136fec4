// HTML as a type of its own, so that text from a data set cannot become markup.

/** A piece of HTML that may stand in a page as it is. */
export class Html {
  /** The markup. */
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

/** What may stand in a template: text is escaped, HTML is not, of a list each item, and nothing of what is undefined or false. */
export type Content = Html | string | number | undefined | false | readonly Content[];

/** A template of HTML: html`<p>${text}</p>`. Values may stand between tags, and in attributes with double quotes. */
export function html(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  let text = parts[0] as string;
  for (const [i, value] of values.entries()) text += markupOf(value) + parts[i + 1];
  return new Html(text);
}

function markupOf(content: Content): string {
  if (content === undefined || content === false) return '';
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  if (content instanceof Html) return content.html;
  return content.map(markupOf).join('');
}

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

const escaped = (text: string) =>
  text
    // No document may hold a NUL, nor half of a pair of surrogates.
    .replaceAll('\0', '\ufffd')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    // What would rearrange the text around it.
    .replaceAll(/[\u202a-\u202e]/g, '')
    .replaceAll(/[&<>"']/g, (character) => entities.get(character) as string);
