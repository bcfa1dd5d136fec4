// A whole page in one file: its style is within, it asks for nothing, and no script runs in it.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Content, Html, html } from './html.ts';

/** A part of a page, with a heading that can be linked to. */
export interface Section {
  /** Its anchor, the only one of that name in the page: "data", "data-columns". */
  readonly id: string;
  readonly title: string;
  readonly content: Content;
  /** @default none; they stand below the content, and in the table of contents */
  readonly sections?: readonly Section[];
}

export interface Page {
  readonly title: string;
  /** What stands below the title. @default nothing */
  readonly intro?: Content;
  readonly sections: readonly Section[];
  /** @default nothing */
  readonly footer?: Content;
}

const style = ['tokens', 'base', 'contents', 'blocks', 'figures', 'marks', 'print']
  .map((name) => readFileSync(new URL(`./style/${name}.css`, import.meta.url), 'utf8'))
  .join('\n');

/** What a page may load: its own style, by its hash, and nothing else. */
export const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The text of an HTML document. */
export function drawPage({ title, intro, sections, footer }: Page): string {
  refuseRepeatedAnchors(sections);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#content">Skip the contents</a>
<header class="site"><div class="inner">
<h1>${title}</h1>
${intro}
</div></header>
<div class="inner with-contents">
<nav class="contents" aria-label="Contents">
${contents(sections)}
</nav>
<main id="content" tabindex="-1">
${sections.map((section) => drawSection(section, 2))}
</main>
</div>
${footer && html`<footer class="site"><div class="inner">${footer}</div></footer>`}
</body>
</html>
`.html;
}

function contents(sections: readonly Section[]): Html {
  return html`<ul>${sections.map(
    ({ id, title, sections: below = [] }) =>
      html`<li><a href="#${id}">${title}</a>${below.length > 0 && contents(below)}</li>`,
  )}</ul>`;
}

type Level = 2 | 3 | 4;

function drawSection({ id, title, content, sections = [] }: Section, level: Level): Html {
  const below: Level = level === 2 ? 3 : 4;
  return html`<section id="${id}" aria-labelledby="${id}-title">
${heading({ id, title }, level)}
${content}
${sections.map((section) => drawSection(section, below))}
</section>`;
}

function heading({ id, title }: Pick<Section, 'id' | 'title'>, level: Level): Html {
  const text = html`<a class="anchor" href="#${id}">${title}</a>`;
  if (level === 2) return html`<h2 id="${id}-title">${text}</h2>`;
  if (level === 3) return html`<h3 id="${id}-title">${text}</h3>`;
  return html`<h4 id="${id}-title">${text}</h4>`;
}

function refuseRepeatedAnchors(sections: readonly Section[]): void {
  const idsOf = (each: readonly Section[]): string[] =>
    each.flatMap(({ id, sections: below = [] }) => [id, ...idsOf(below)]);
  const ids = idsOf(sections);
  const repeated = ids.find((id, i) => ids.indexOf(id) !== i);
  if (repeated !== undefined) throw new Error(`two sections of a page have the anchor ${repeated}`);
}
