import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, plain, table } from '../../../ml/report/markdown.ts';
import { htmlOf, inline } from '../../../ml/report/markdown-html.ts';

/** What a reader sees of HTML without tags of its own. */
const textOf = (html: string) =>
  html
    .replaceAll(/<\/?[a-z][^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe('the Markdown of reports as HTML', () => {
  it('has paragraphs, lists and tables, with bold, emphasised and code', () => {
    const text = [
      `**Fit for** predicting *prices* of ${plain('a_b|c')}, \`sha256:12\`.`,
      '- one\n- **two**',
      table([{ title: 'rows' }, { title: 'count', align: 'right' }], [[plain('x | y'), '12']]),
    ].join('\n\n');
    const { html } = htmlOf(text, 'Rows');
    expect(html).toContain(
      '<p><strong>Fit for</strong> predicting <em>prices</em> of a_b|c, <code>sha256:12</code>.</p>',
    );
    expect(html).toContain('<ul><li>one</li><li><strong>two</strong></li></ul>');
    expect(html).toContain('<th scope="row">x | y</th>');
    expect(html).toContain('<td class="number">12</td>');
    expect(html).toContain('aria-label="Rows"');
  });

  it('shows what was plain as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const shown = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029\s]+/gu, ' ').trim();
        expect(textOf(inline(plain(text)).html)).toBe(shown);
        const { html } = htmlOf(table([{ title: 'a' }, { title: 'b' }], [[plain(text), `**${plain('b')}**`]]));
        expect(html.match(/<t[dh][ >]/g)).toHaveLength(4);
      }),
    );
  });

  it('lets nothing become markup', () => {
    const hostile = '<img src=x onerror=alert(1)> **b** `c` | &lt; [x](javascript:alert(1))';
    const { html } = htmlOf(`${plain(hostile)} ${code(hostile)}`);
    expect(html).not.toMatch(/<(?!\/?(p|code|strong)\b)/);
    expect(textOf(html)).toContain(hostile);
  });

  it('refuses a mark that is left open, which would be a fault in a report', () => {
    expect(() => inline('**open')).toThrow('a mark is left open');
  });
});
