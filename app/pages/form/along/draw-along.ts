import { type Axis, type Bar, barChart, type Html, type Line, lineChart } from '../../../../ml/report/charts/index.ts';
import {
  controlText,
  type FeatureColumn,
  featureKindOf,
  formatExact,
  formatRounded,
  formatShare,
  type Predictor,
  withUnit,
} from '../../../../ml/serving.ts';
import { levelTitle } from '../level-title.ts';
import type { PredictionsAlong } from './predictions-along.ts';

/** Names are cut where they would fill the picture. */
const MOST_NAME = 60;

/** The predictions along a column: numbers and dates as lines, levels as points. */
export function drawAlong(along: PredictionsAlong, predictor: Predictor): Html {
  const { column } = along;
  const y = outputAxis(along, predictor);
  const title = `${y.title.slice(0, MOST_NAME)} by ${column.title.slice(0, MOST_NAME)}`;
  return featureKindOf(column).levels ? drawLevels(along, y, title) : drawLines(along, predictor, { y, title });
}

/** What is predicted: in the unit of the target, or how probable a class is. */
function outputAxis({ outputs }: PredictionsAlong, predictor: Predictor): Axis {
  if (predictor.task === 'regression') {
    const { title, unit } = predictor.target;
    return { title, unit };
  }
  const [output] = outputs;
  const name = output && predictor.positive !== null ? ` of “${levelTitle(predictor.target, output.name)}”` : '';
  return { title: `Probability${name}`, domain: [0, 1], format: formatShare };
}

const told = (value: number, { format = formatRounded }: Axis) => (Number.isFinite(value) ? format(value) : '–');

interface Drawing {
  readonly y: Axis;
  readonly title: string;
}

function drawLines(
  { column, values, own, outputs }: PredictionsAlong,
  predictor: Predictor,
  { y, title }: Drawing,
): Html {
  const { values: kind, unit } = featureKindOf(column);
  const lines = outputs.map(
    (output): Line => ({
      name: predictor.task === 'regression' ? 'Prediction' : levelTitle(predictor.target, output.name),
      points: Array.from(values, (x, i) => ({
        x,
        y: output.values[i] as number,
        ...(output.low && output.high && { low: output.low[i] as number, high: output.high[i] as number }),
      })),
    }),
  );
  const isKnown = !Number.isNaN(own);
  const [first] = outputs;
  return lineChart(lines, {
    title,
    x: { title: column.title, unit, ...(kind === 'days' && { scale: 'date' }) },
    y,
    highlights: isKnown
      ? outputs.map((output) => ({ x: own, y: output.own, label: outputs.length === 1 ? told(output.own, y) : '' }))
      : [],
    rules:
      isKnown || outputs.length !== 1 || !first ? [] : [{ y: first.own, label: `not known: ${told(first.own, y)}` }],
    note: noteOf(column, own, first?.low !== undefined),
  });
}

function noteOf(column: FeatureColumn, own: number, hasBand: boolean): string {
  const point = Number.isNaN(own) ? '' : `The point is this record, at ${shownValue(column, own)}. `;
  return `${point}All other inputs stay as they are.${hasBand ? ' In nine of ten cases the true value is within the band.' : ''}`;
}

function shownValue(column: FeatureColumn, value: number): string {
  const kind = featureKindOf(column);
  return kind.values === 'number' ? withUnit(formatExact(value), kind) : controlText(column, value);
}

function drawLevels({ column, values, own, outputs, left }: PredictionsAlong, x: Axis, title: string): Html {
  const [output] = outputs;
  const { levels = [], control } = featureKindOf(column);
  const asked = control();
  const titles = new Map('options' in asked ? asked.options.map(({ value, label }) => [value, label]) : []);
  const bars = Array.from(values, (code, i): Bar => {
    const level = levels[code] ?? '';
    return {
      label: titles.get(level) ?? level,
      value: output?.values[i] ?? Number.NaN,
      ...(output?.low && output.high && { low: output.low[i] as number, high: output.high[i] as number }),
      strong: code === own,
    };
  });
  const unknown: Bar[] = Number.isNaN(own) && output ? [{ label: 'Not known', value: output.own, strong: true }] : [];
  const beyond = left > 0 ? ` ${formatExact(left)} more levels are not shown.` : '';
  return barChart([...bars, ...unknown], {
    title,
    x,
    labels: column.title,
    points: true,
    note: `The bold one is this record; all other inputs stay as they are.${beyond}`,
  });
}
