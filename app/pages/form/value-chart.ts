import { type Axis, drawHorizontal, type Html, horizontalScale, html, px } from '../../../ml/report/charts/index.ts';
import { formatRounded, type TargetHistogram } from '../../../ml/serving.ts';

/** About as wide as its panel, so that its text has the size of text. */
const WIDTH = 300;
const AREA = { left: 6, right: WIDTH - 6, top: 6, width: WIDTH };
const HEIGHT = { bars: 64, track: 26, axis: 34 };
const TRACK = 8;

/** A number, and where it may lie, among those that were learned from. */
export interface ValueChart {
  readonly prediction: number;
  readonly from: number;
  readonly to: number;
  /** The ends of the axis. */
  readonly domain: readonly [number, number];
  readonly axis: Pick<Axis, 'title' | 'unit'>;
  /** Undefined where the release does not know. */
  readonly histogram: TargetHistogram | undefined;
}

/** The picture of a prediction: SVG. */
export function drawValue({ prediction, from, to, domain, axis, histogram }: ValueChart): Html {
  const isLogarithmic = histogram?.scale === 'log' && domain[0] > 0;
  const drawn: Axis = { ...axis, domain, ...(isLogarithmic && { scale: 'log' }) };
  const scale = horizontalScale(drawn, domain, AREA);
  const bottom = AREA.top + (histogram ? HEIGHT.bars : HEIGHT.track);
  const [left, right, at] = [from, to, prediction].map(scale.place) as [number, number, number];
  const { top } = AREA;
  const band = html`<rect class="pale s1 band" x="${px(left)}" y="${top}" width="${px(Math.max(1, right - left))}" height="${bottom - top}"/>`;
  const mark = html`<path class="bar-mark s1" d="M${px(at)} ${top}V${bottom}"/><circle class="highlight" cx="${px(at)}" cy="${top + 3}" r="4"/>`;
  const label = `${formatRounded(prediction)}, from ${formatRounded(from)} to ${formatRounded(to)}, on a scale from ${formatRounded(domain[0])} to ${formatRounded(domain[1])}${histogram ? `. ${mostOf(histogram)}` : ''}`;
  return html`<svg class="value-chart" viewBox="0 0 ${WIDTH} ${bottom + HEIGHT.axis}" role="img" aria-label="${label}">${histogram ? drawBars(histogram, { place: scale.place, bottom, domain }) : drawTrack(bottom)}${band}${mark}${drawHorizontal(scale, drawn, { ...AREA, bottom })}</svg>`;
}

interface Place {
  readonly place: (value: number) => number;
  readonly bottom: number;
  readonly domain: readonly [number, number];
}

function drawBars({ edges, shares }: TargetHistogram, { place, bottom, domain }: Place): Html {
  const highest = Math.max(...shares);
  const bars = shares.map((share, i) => {
    const [low, high] = [edges[i] as number, edges[i + 1] as number];
    if (!(share > 0) || high <= domain[0] || low >= domain[1]) return undefined;
    const [left, right] = [place(low), place(high)];
    const height = Math.max(1, ((bottom - AREA.top - TRACK) * share) / highest);
    const gap = right - left > 3 ? 1 : 0;
    return html`<rect x="${px(left)}" y="${px(bottom - height)}" width="${px(Math.max(0.5, right - left - gap))}" height="${px(height)}"/>`;
  });
  return html`<g class="area rows">${bars}</g>`;
}

const drawTrack = (bottom: number): Html =>
  html`<rect class="track" x="${AREA.left}" y="${bottom - 2 * TRACK}" width="${AREA.right - AREA.left}" height="${TRACK}" rx="2"/>`;

/** Where most of the rows lie, in words. */
function mostOf({ edges, shares }: TargetHistogram): string {
  const i = shares.indexOf(Math.max(...shares));
  return `Most rows that were learned from lie from ${formatRounded(edges[i] as number)} to ${formatRounded(edges[i + 1] as number)}`;
}
