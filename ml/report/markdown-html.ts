// The Markdown that reports write, as HTML: so a sentence or a table stands in the code once, whatever shows it. It knows what
// ./markdown.ts makes and no more: paragraphs, lists and tables, with text that is bold, emphasised or code.

import { dataTable } from './html/data-table.ts';
import { type Content, Html, html } from './html/html.ts';

/**
 * Markdown as HTML.
 *
 * @param caption what its tables show, in a few words, for whoever does not see them
 */
export function htmlOf(markdown: string, caption = 'Table'): Html {
  const blocks = markdown.split(/\n{2,}/).filter((block) => block.trim() !== '');
  return html`${blocks.map((block) => blockOf(block.split('\n'), caption))}`;
}

function blockOf(lines: readonly string[], caption: string): Html {
  if (lines.every((line) => line.startsWith('- ')))
    return html`<ul>${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}</ul>`;
  if (lines.every((line) => line.startsWith('|'))) return tableOf(lines, caption);
  return html`<p>${inline(lines.join(' '))}</p>`;
}

function tableOf([header = '', rule = '', ...rows]: readonly string[], caption: string): Html {
  const aligned = cellsOf(rule);
  return dataTable({
    caption,
    columns: cellsOf(header).map((title, i) => ({
      title: inline(title),
      number: (aligned[i] as string).endsWith(':'),
    })),
    rows: rows.map((row) => cellsOf(row).map(inline)),
  });
}

/** A pipe in a cell is escaped, and a backslash before it would be too. */
const cellsOf = (line: string): string[] =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());

const mark = /\\([!-/:-@[-`{-~])|`([^`]*)`|\*\*|\*|&(amp|lt|gt);|\u2060/gu;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/** A line of text with its marks. */
export function inline(text: string): Html {
  const tags = { strong: false, em: false };
  const toggled = (tag: keyof typeof tags): Html => {
    tags[tag] = !tags[tag];
    return new Html(tags[tag] ? `<${tag}>` : `</${tag}>`);
  };
  const parts: Content[] = [];
  let end = 0;
  for (const match of text.matchAll(mark)) {
    const [whole, escaped, code, entity] = match;
    parts.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (escaped !== undefined) parts.push(escaped);
    else if (code !== undefined) parts.push(html`<code>${code}</code>`);
    else if (entity !== undefined) parts.push(entities[entity]);
    else if (whole === '**') parts.push(toggled('strong'));
    else if (whole === '*') parts.push(toggled('em'));
  }
  parts.push(text.slice(end));
  if (tags.strong || tags.em) throw new Error(`a mark is left open in ${JSON.stringify(text)}`);
  return html`${parts}`;
}
