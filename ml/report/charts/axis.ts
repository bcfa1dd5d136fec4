/** What a chart is told of one of its axes. */
export interface Axis {
  readonly title: string;
  /** Stands behind the title, in brackets. @default none */
  readonly unit?: string | undefined;
  /** Dates are days since 1970-01-01 (UTC), as a table holds them; a logarithm shows what is above 0 alone. @default linear */
  readonly scale?: 'linear' | 'log' | 'date';
  /** @default that of the data, with 0 where lengths are compared */
  readonly domain?: readonly [from: number, to: number];
  /** How a number is written, at the axis and in the table. @default in as many digits as it takes */
  readonly format?: (value: number) => string;
  /** How the numbers along it are written. @default as all are */
  readonly tick?: (value: number) => string;
  /** Whether only whole numbers are written along it, where it is linear. @default false */
  readonly whole?: boolean;
}
