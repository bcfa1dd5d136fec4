// Lines that values are compared with.

import { type Html, html } from '../html/html.ts';
import type { Plot } from './plot.ts';
import { px } from './px.ts';
import { svgText } from './svg-text.ts';

/** A line of one y. */
export interface Rule {
  readonly y: number;
  readonly label: string;
}

export function drawRules(rules: readonly Rule[], { y, area }: Plot): Html {
  return html`${rules
    .filter((rule) => Number.isFinite(rule.y))
    .map((rule) => [
      html`<path class="reference" d="M${px(area.left)} ${px(y.place(rule.y))}H${px(area.right)}"/>`,
      svgText(rule.label, {
        x: area.right - 2,
        y: y.place(rule.y) - 4,
        anchor: 'end',
        width: area.right - area.left - 4,
        style: 'rule-label',
      }),
    ])}`;
}

/** The line on which both values are equal, as far as both axes reach. */
export function drawDiagonal({ x, y }: Plot): Html | undefined {
  const from = Math.max(x.domain[0], y.domain[0]);
  const to = Math.min(x.domain[1], y.domain[1]);
  if (!(from < to)) return undefined;
  return html`<path class="reference" d="M${px(x.place(from))} ${px(y.place(from))}L${px(x.place(to))} ${px(y.place(to))}"/>`;
}

/** A point that a reader looks for among all. */
export interface Highlight {
  readonly x: number;
  readonly y: number;
  /** What stands above it. */
  readonly label: string;
}

export function drawHighlights(highlights: readonly Highlight[], { x, y, area }: Plot): Html {
  return html`${highlights
    .filter((each) => Number.isFinite(each.x) && Number.isFinite(each.y))
    .map((each) => {
      const [across, up] = [x.place(each.x), y.place(each.y)];
      const isLeft = across < (area.left + area.right) / 2;
      return [
        html`<path class="reference" d="M${px(across)} ${px(area.top)}V${px(area.bottom)}"/>`,
        html`<circle class="highlight" cx="${px(across)}" cy="${px(up)}" r="5"/>`,
        each.label !== '' &&
          svgText(each.label, {
            x: across + (isLeft ? 9 : -9),
            y: Math.max(area.top + 10, up - 9),
            anchor: isLeft ? 'start' : 'end',
            width: isLeft ? area.right - across - 9 : across - area.left - 9,
            style: 'rule-label strong',
          }),
      ];
    })}`;
}
