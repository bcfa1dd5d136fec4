import { expect, test } from 'vitest';
import { factTiles, named, warning } from '../../../../ml/report/html/blocks.ts';
import { html } from '../../../../ml/report/html/html.ts';
import { isolated, shownText } from '../../../../ml/report/html/shown-text.ts';

test('escapes text, and leaves HTML as it is', () => {
  const text = `<script>alert("x" + 'y') & more</script>`;
  expect(html`<p title="${text}">${text}${html`<b>${1.5}</b>`}</p>`.html).toBe(
    '<p title="&lt;script&gt;alert(&quot;x&quot; + &#39;y&#39;) &amp; more&lt;/script&gt;">' +
      '&lt;script&gt;alert(&quot;x&quot; + &#39;y&#39;) &amp; more&lt;/script&gt;<b>1.5</b></p>',
  );
});

test('shows each item of a list, and nothing of what is undefined or false', () => {
  const items: readonly string[] = ['a', '<'];
  expect(html`${[items.map((item) => html`<i>${item}</i>`), undefined, false]}`.html).toBe('<i>a</i><i>&lt;</i>');
});

test('never writes what no document may hold', () => {
  expect(html`${'a\0b\ud800c'}`.html).toBe('a\ufffdb\ufffdc');
});

test('keeps names on one line, bounded and without marks that turn the direction', () => {
  expect(shownText(' a\n\tb\u202ec\u0007 ')).toBe('a b c');
  expect(shownText('👩‍👧 x')).toBe('👩‍👧 x');
  const long = shownText('x'.repeat(1_000_000));
  expect(long).toBe(`${'x'.repeat(79)}…`);
  // A pair of surrogates is cut whole.
  expect(shownText('😀'.repeat(400)).isWellFormed()).toBe(true);
  expect(named('<b>').html).toBe('<bdi class="name">&lt;b&gt;</bdi>');
});

test('keeps names written from right to left apart from what stands around them', () => {
  expect(isolated('שלום')).toBe('\u2068שלום\u2069');
  expect(isolated('abc')).toBe('abc');
});

test('blocks hold what they are given, escaped', () => {
  expect(warning('a < b').html).toBe('<div class="warning">a &lt; b</div>');
  expect(factTiles([{ label: 'Rows', value: 5, note: '& more' }]).html).toBe(
    '<dl class="facts"><div><dt>Rows</dt><dd>5</dd><dd class="note">&amp; more</dd></div></dl>',
  );
});
