import { named } from '../html/blocks.ts';
import { type Html, html } from '../html/html.ts';
import { type ChartOptions, emptyFigure, figure, widthOf } from './chart.ts';
import { px } from './px.ts';
import { seriesClass } from './series.ts';
import { svgText } from './svg-text.ts';
import { FONT_SIZE, textWidth } from './text-width.ts';

/** A number for each pair of a row and a column. */
export interface HeatmapData {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** By row, then by column; NaN where there is none. */
  readonly values: readonly (readonly number[])[];
}

export interface HeatmapOptions extends ChartOptions {
  /** What makes a cell dark: how far it is from 0 towards −1 or 1, its share of 1, or its share of the sum of its row. */
  readonly shading: 'signed' | 'share' | 'of-row';
  /** How a value is written in its cell, where there is room, and in the table. */
  readonly format: (value: number) => string;
  /** What rows and columns are. @default not said */
  readonly sides?: { readonly rows: string; readonly columns: string };
}

/** Those beyond are left out of the picture, and said to be. */
const MOST = 40;
const LARGEST_CELL = 46;
const CELL_FONT = 10;

interface Grid {
  readonly left: number;
  readonly top: number;
  readonly cell: { readonly width: number; readonly height: number };
  /** Whether column labels are written upwards, and how long they may be. */
  readonly upwards: boolean;
  readonly room: number;
}

/** Numbers by pairs, as cells that are the darker, the larger they are. */
export function heatmap(data: HeatmapData, options: HeatmapOptions): Html {
  const rows = data.rows.slice(0, MOST);
  const columns = data.columns.slice(0, MOST);
  if (rows.length === 0 || columns.length === 0) return emptyFigure(options);
  const { format, sides } = options;
  const grid = gridOf(rows, columns, options);
  const height = grid.top + rows.length * grid.cell.height + 6;
  const isCut = rows.length < data.rows.length || columns.length < data.columns.length;
  const note = isCut
    ? `The first ${rows.length} of ${data.rows.length} rows and ${columns.length} of ${data.columns.length} columns.`
    : '';
  return figure(isCut ? { ...options, note: [options.note, ' ', note] } : options, {
    height,
    content: html`${drawSides(grid, options)}${drawLabels(rows, columns, grid)}${drawCells(
      rows.map((_, i) => (data.values[i] ?? []).slice(0, MOST)),
      grid,
      options,
    )}`,
    description: `A number for each of ${rows.length} rows${sides ? ` (${sides.rows})` : ''} and ${columns.length} columns${sides ? ` (${sides.columns})` : ''}.`,
    numbers: {
      columns: [
        { title: sides ? `${sides.rows}, by ${sides.columns}` : 'Row' },
        ...columns.map((name) => ({ title: named(name), number: true })),
      ],
      rows: rows.map((name, i) => [named(name), ...columns.map((_, j) => written(data.values[i]?.[j], format))]),
    },
  });
}

function gridOf(rows: readonly string[], columns: readonly string[], { size, sides }: HeatmapOptions): Grid {
  const width = widthOf(size);
  const widest = (names: readonly string[]) => Math.max(...names.map((name) => textWidth(name.slice(0, 60))));
  const head = sides ? 18 : 2;
  const left = Math.min(width * 0.35, widest(sides ? [...rows, sideText(sides)] : rows) + 8.1);
  const cellWidth = Math.min(size === 'wide' ? 130 : 100, (width - left - 2) / columns.length);
  const upwards = widest(columns) > cellWidth - 4;
  const room = upwards ? Math.min(longestOf(size), widest(columns)) : cellWidth - 2;
  return {
    left,
    top: head + (upwards ? room + 8 : 18),
    cell: { width: cellWidth, height: Math.min(LARGEST_CELL, Math.max(14, cellWidth * 0.8)) },
    upwards,
    room,
  };
}

/** How long a label that is written upwards may be. */
const longestOf = (size: HeatmapOptions['size']) => (size === 'wide' ? 170 : 120);

const sideText = ({ rows }: NonNullable<HeatmapOptions['sides']>): string => `${rows} ↓`;

function drawSides({ left }: Grid, { sides, size }: HeatmapOptions): Html | undefined {
  if (!sides) return undefined;
  return html`${svgText(sideText(sides), { x: 2, y: 12, width: left - 6, style: 'axis-title' })}${svgText(`${sides.columns} →`, { x: left, y: 12, width: widthOf(size) - left, style: 'axis-title' })}`;
}

function drawLabels(
  rows: readonly string[],
  columns: readonly string[],
  { left, top, cell, upwards, room }: Grid,
): Html {
  return html`${rows.map((name, i) =>
    svgText(name, { x: left - 6, y: top + (i + 0.5) * cell.height + 4, anchor: 'end', width: left - 8 }),
  )}${columns.map((name, j) => {
    const x = left + (j + 0.5) * cell.width;
    return upwards
      ? svgText(name, { x: x + 4, y: top - 6, width: room, upwards })
      : svgText(name, { x, y: top - 6, anchor: 'middle', width: room });
  })}`;
}

function drawCells(
  values: readonly (readonly number[])[],
  { left, top, cell }: Grid,
  { shading, format }: HeatmapOptions,
): Html {
  const drawn = values.map((row, i) => {
    const sum = row.reduce((total, value) => total + (Number.isFinite(value) ? value : 0), 0);
    return row.map((value, j) => {
      if (!Number.isFinite(value)) return { value, rect: html``, text: html`` };
      const strength = Math.max(-1, Math.min(1, shading === 'of-row' ? value / (sum || 1) : value));
      const [x, y] = [left + j * cell.width, top + i * cell.height];
      const rect = html`<rect class="area ${seriesClass(strength < 0 ? 1 : 0)}" fill-opacity="${Math.round(Math.abs(strength) * 100) / 100}" x="${px(x)}" y="${px(y)}" width="${px(cell.width - 1)}" height="${px(cell.height - 1)}"/>`;
      const text = format(value);
      const fits = textWidth(text, CELL_FONT) <= cell.width && cell.height >= FONT_SIZE + 2;
      const label =
        fits &&
        svgText(text, {
          x: x + cell.width / 2,
          y: y + cell.height / 2 + 3.5,
          anchor: 'middle',
          style: 'cell-text',
          size: CELL_FONT,
        });
      return { value, rect, text: label || html`` };
    });
  });
  const frame = cellFrame(values, { left, top, cell });
  return html`${frame}<g class="cells">${drawn.flat().map(({ rect }) => rect)}</g>${drawn.flat().map(({ text }) => text)}`;
}

/** Cells without a colour are cells too. */
function cellFrame(
  values: readonly (readonly number[])[],
  { left, top, cell }: Pick<Grid, 'left' | 'top' | 'cell'>,
): Html {
  const [rows, columns] = [values.length, values[0]?.length ?? 0];
  const [right, bottom] = [left + columns * cell.width, top + rows * cell.height];
  return html`<path class="grid" d="M${px(left - 1)} ${px(top - 1)}H${px(right)}V${px(bottom)}H${px(left - 1)}Z"/>`;
}

const written = (value: number | undefined, format: (value: number) => string) =>
  value === undefined || !Number.isFinite(value) ? '–' : format(value);
