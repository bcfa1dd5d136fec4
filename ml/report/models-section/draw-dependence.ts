import { formatRounded, formatShare } from '../../core/format-number.ts';
import type { Dependence } from '../../explain/dependence.ts';
import type { Measured } from '../card/card.ts';
import { barChart } from '../charts/bar-chart.ts';
import { lineChart } from '../charts/line-chart.ts';
import { stackedBars } from '../charts/stacked-bars.ts';
import { axisOf } from '../data-section/column-words.ts';
import { type ViewedColumn, viewedFeatures } from '../data-section/viewed-column.ts';
import { chartGrid, note } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import { count } from '../markdown.ts';
import type { ReleaseReport } from '../release-report.ts';

/** Fewer values are marked one by one. */
const FEW = 6;

/** What predictions do as a column changes, where all others stay as they are. */
export function drawDependence({ dependence, measured, manifest }: ReleaseReport): Html {
  if (dependence.columns.length === 0) return note('No column has two values among the held-out rows.');
  const about = aboutOf(measured);
  const columns = viewedFeatures(manifest.dataset);
  const pictures = dependence.columns.flatMap((each) => {
    const column = columns.find(({ name }) => name === each.column.name);
    return column ? drawOne(each, column, about) : [];
  });
  const band = about.hasBand ? ', and the band that eight of ten of them lie in' : '';
  return html`<p>How predictions change with one column: the mean prediction of ${count(dependence.rows)} held-out rows, all of them given the same value of the column while their other values stay as they are${band}. Where columns go together, some of these combinations do not occur in reality.</p>
${chartGrid(pictures)}`;
}

/** What is predicted, as pictures tell it. */
interface About {
  readonly title: string;
  readonly unit: string | undefined;
  readonly format: (value: number) => string;
  /** A difference, with its sign; and how an axis writes it. */
  readonly change: (value: number) => string;
  readonly tick: (value: number) => string;
  /** The classes, by their places; none of a number. */
  readonly levels: readonly string[];
  /** Whether there is one curve: of a number, or of the positive class of two. */
  readonly hasBand: boolean;
}

function aboutOf(measured: Measured): About {
  const signed = (format: (size: number) => string) => (value: number) =>
    value === 0 ? format(value) : `${value < 0 ? '−' : '+'}${format(Math.abs(value))}`;
  if (measured.kind === 'number') {
    const { title, unit } = measured.model.target;
    const format = (value: number) => formatRounded(value);
    return {
      title: `Predicted ${title}`,
      unit,
      format,
      change: signed(format),
      tick: signed(format),
      levels: [],
      hasBand: true,
    };
  }
  const { target, positive } = measured.model;
  return {
    title: positive === null ? `Probability of each ${target.title}` : `Probability of ${positive}`,
    unit: undefined,
    format: formatShare,
    change: signed((size) => `${(100 * size).toFixed(1)} %`),
    tick: signed((size) => `${Number((100 * size).toFixed(1))} %`),
    levels: target.levels,
    hasBand: positive !== null,
  };
}

function drawOne(dependence: Dependence, column: ViewedColumn, about: About): Html {
  if (column.values === 'codes')
    return about.hasBand ? besideMean(dependence, column, about) : shares(dependence, column, about);
  const { title, unit, format, levels, hasBand } = about;
  const { values, curves } = dependence;
  const x = axisOf(column);
  return lineChart(
    curves.map(({ output, mean, low, high }) => ({
      name: levels[output] ?? 'predicted',
      dots: values.length <= FEW,
      points: values.map((value, i) => ({
        x: value,
        y: mean[i] as number,
        ...(hasBand && { low: low[i] as number, high: high[i] as number }),
      })),
    })),
    { title: column.title, x, y: { title, unit, format } },
  );
}

/** Bars begin at zero, which may be far from what is predicted: they tell how far levels lie from each other. */
function besideMean({ values, curves }: Dependence, column: ViewedColumn, about: About): Html {
  const mean = curves[0]?.mean ?? [];
  const middle = mean.reduce((sum, value) => sum + value, 0) / mean.length;
  return barChart(
    values.map((code, i) => ({ label: column.levels[code] as string, value: (mean[i] as number) - middle })),
    {
      title: column.title,
      labels: 'Level',
      x: { title: `${about.title}, beside the mean`, unit: about.unit, format: about.change, tick: about.tick },
      note: `The mean of these levels is ${about.format(middle)}.`,
    },
  );
}

/** The probabilities of several classes, as parts of the whole. */
function shares({ values, curves }: Dependence, column: ViewedColumn, about: About): Html {
  const told = curves.map(({ output }) => about.levels[output] as string);
  const isAll = told.length === about.levels.length;
  return stackedBars(
    {
      parts: isAll ? told : [...told, 'others'],
      bars: values.map((code, i) => {
        const known = curves.map(({ mean }) => mean[i] as number);
        const rest = Math.max(0, 1 - known.reduce((sum, share) => sum + share, 0));
        return { label: column.levels[code] as string, values: isAll ? known : [...known, rest] };
      }),
    },
    { title: column.title, labels: 'Level', x: { title: about.title, format: about.format } },
  );
}
