// What a section is made of, beside tables and charts.

import { type Content, type Html, html } from './html.ts';
import { shownText } from './shown-text.ts';

export interface Fact {
  readonly label: string;
  readonly value: Content;
  /** What stands below it, small. @default nothing */
  readonly note?: Content;
}

/** The few figures of a section, large. */
export const factTiles = (facts: readonly Fact[]): Html =>
  html`<dl class="facts">${facts.map(
    ({ label, value, note }) =>
      html`<div><dt>${label}</dt><dd>${value}</dd>${note !== undefined && html`<dd class="note">${note}</dd>`}</div>`,
  )}</dl>`;

/** A paragraph below a heading or a picture, in a muted colour. */
export const note = (content: Content): Html => html`<p class="note">${content}</p>`;

/** What has to be seen before anything is relied on. */
export const warning = (content: Content): Html => html`<div class="warning">${content}</div>`;

/** Pictures beside each other, as many as fit. */
export const chartGrid = (charts: readonly Html[]): Html => html`<div class="charts">${charts}</div>`;

/** What is shown to whoever asks for it. */
export const folded = (summary: Content, content: Content): Html =>
  html`<details class="more"><summary>${summary}</summary>${content}</details>`;

/** A name from a data set: in whatever direction it is written, it leaves the text around it alone. */
export const named = (name: string): Html => html`<bdi class="name">${shownText(name)}</bdi>`;
