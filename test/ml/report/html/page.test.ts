import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { html } from '../../../../ml/report/html/html.ts';
import { contentSecurityPolicy, drawPage } from '../../../../ml/report/html/page.ts';

const page = {
  title: 'Prices & <more>',
  sections: [
    {
      id: 'data',
      title: 'Data',
      content: html`<p>rows</p>`,
      sections: [{ id: 'data-columns', title: 'Columns', content: 'text' }],
    },
    { id: 'models', title: 'Models', content: undefined },
  ],
};

test('has a title, and a table of contents whose links lead somewhere', () => {
  const text = drawPage(page);
  expect(text).toContain('<title>Prices &amp; &lt;more&gt;</title>');
  const links = [...text.matchAll(/<nav.*?<\/nav>/gs)].flatMap(([nav]) =>
    [...nav.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id),
  );
  expect(links).toEqual(['data', 'data-columns', 'models']);
  for (const id of links) expect(text).toContain(`<section id="${id}"`);
});

test('asks for nothing, runs nothing, and says so', () => {
  const text = drawPage(page);
  expect(text).not.toMatch(/<script|src=|@import|url\(|<link| style="| on[a-z]+="/i);
  const [, style = ''] = /<style>(.*)<\/style>/s.exec(text) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(contentSecurityPolicy).toContain(`'sha256-${hash}'`);
  expect(contentSecurityPolicy).toMatch(/^default-src 'none'/);
});

test('refuses two sections of one anchor', () => {
  const [section] = page.sections;
  expect(() =>
    drawPage({
      title: 'x',
      sections: [...page.sections, { id: 'data-columns', title: 'again', content: section?.content }],
    }),
  ).toThrow('two sections of a page have the anchor data-columns');
});
