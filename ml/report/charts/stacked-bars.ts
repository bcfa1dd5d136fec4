import { formatRounded, formatShare } from '../../core/format-number.ts';
import { named } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import type { Axis } from './axis.ts';
import { type ChartOptions, emptyFigure, figure } from './chart.ts';
import { drawHorizontal } from './plot.ts';
import { px } from './px.ts';
import { drawRowTexts, rowLayout, withOthers } from './row-layout.ts';
import { horizontalScale, type Scale } from './scale.ts';
import { legend, seriesClass } from './series.ts';
import { svgText } from './svg-text.ts';

/** The parts that a whole has, for each label. */
export interface StackedData {
  readonly parts: readonly string[];
  readonly bars: readonly {
    readonly label: string;
    /** One for each part, at least 0: counts, or shares. */
    readonly values: readonly number[];
  }[];
}

export interface StackedBarsOptions extends ChartOptions {
  /** Of the shares: "Share of rows". */
  readonly x: Pick<Axis, 'title' | 'format'>;
  /** What the labels are, above them in the table: "Level". @default nothing */
  readonly labels?: string;
  /** What the sum of a bar counts, which then stands beside it: "rows". @default nothing, of shares */
  readonly totals?: string;
}

const ROW = 22;
/** Above the first bar, where there are totals, which have a title, and where there are none. */
const TOP = { totals: 18, none: 4 };
const THICKNESS = 14;
/** Those beyond stand in the table alone. */
const MOST = 30;
/** Of more parts than there are colours, the last are drawn as one. */
const MOST_PARTS = 6;

/** Which share each part has, a bar for each label in the given order. */
export function stackedBars(data: StackedData, options: StackedBarsOptions): Html {
  const { parts, bars } = withFewParts(data);
  const { x, size, labels = '', totals } = options;
  const shown = bars.map(({ label, values }) => ({ label, total: sum(values), shares: sharesOf(values) }));
  const drawn = shown.slice(0, MOST);
  if (!drawn.some(({ total }) => total > 0)) return emptyFigure(options, 'There are no values.');
  const texts = {
    labels: drawn.map(({ label }) => label),
    texts: drawn.map(({ total }) => (totals === undefined ? '' : formatRounded(total, 3))),
  };
  const layout = rowLayout({ ...texts, size, row: ROW, top: totals === undefined ? TOP.none : TOP.totals });
  const { width, middle } = layout;
  const axis = { format: formatShare, ...x, domain: [0, 1] as const };
  const scale = horizontalScale(axis, [0, 1], layout);
  return figure(withOthers(options, shown.length - drawn.length), {
    height: layout.height,
    content: html`${totals !== undefined && svgText(totals, { x: width - 2, y: 12, anchor: 'end', style: 'axis-title' })}${drawn.map(({ shares }, i) => drawShares(shares, middle(i), scale))}${drawRowTexts(texts, layout)}${drawHorizontal(scale, axis, layout)}`,
    description: `The shares of ${parts.map((part) => part.slice(0, 40)).join(', ')}, by ${shown.length} labels.`,
    numbers: {
      columns: [
        { title: labels },
        ...parts.map((part) => ({ title: named(part), number: true })),
        ...(totals === undefined ? [] : [{ title: totals, number: true }]),
      ],
      rows: shown.map(({ label, shares, total }) => [
        named(label),
        ...shares.map((share) => (Number.isFinite(share) ? formatShare(share) : '–')),
        ...(totals === undefined ? [] : [formatRounded(total, 4)]),
      ]),
    },
    legend: legend(parts.map((name) => ({ name, shape: 'area' }))),
  });
}

function drawShares(shares: readonly number[], y: number, { place }: Scale): Html {
  let before = 0;
  return html`${shares.map((share, part) => {
    if (!(share > 0)) return undefined;
    const [from, to] = [place(before), place(before + share)];
    before += share;
    return html`<rect class="part ${seriesClass(part)}" x="${px(from)}" y="${px(y - THICKNESS / 2)}" width="${px(to - from)}" height="${THICKNESS}"/>`;
  })}`;
}

const amount = (value: number) => (Number.isFinite(value) && value > 0 ? value : 0);
const sum = (values: readonly number[]) => values.reduce((total, value) => total + amount(value), 0);

function sharesOf(values: readonly number[]): number[] {
  const total = sum(values);
  return values.map((value) => (total > 0 ? amount(value) / total : Number.NaN));
}

/** With as many parts as there are colours: of more, the smaller ones as one. */
function withFewParts({ parts, bars }: StackedData): StackedData {
  if (parts.length <= MOST_PARTS) return { parts, bars };
  const sizes = parts.map((_, part) => sum(bars.map(({ values }) => values[part] ?? 0)));
  const order = sizes.map((_, part) => part).sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || a - b);
  const kept = order.slice(0, MOST_PARTS - 1).sort((a, b) => a - b);
  const rest = order.slice(MOST_PARTS - 1);
  return {
    parts: [...kept.map((part) => parts[part] as string), `${rest.length} others`],
    bars: bars.map(({ label, values }) => ({
      label,
      values: [...kept.map((part) => values[part] ?? 0), sum(rest.map((part) => values[part] ?? 0))],
    })),
  };
}
