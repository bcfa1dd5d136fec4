// What other pages than reports draw with.

export { type Html, html } from '../html/html.ts';
export type { Axis } from './axis.ts';
export { type Bar, barChart } from './bar-chart.ts';
export { type Line, lineChart } from './line-chart.ts';
export { drawHorizontal } from './plot.ts';
export { px } from './px.ts';
export { horizontalScale } from './scale.ts';
