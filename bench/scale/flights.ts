import { copyFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The column that is predicted: how many minutes late a flight arrived. */
export const TARGET = 'delay';

const parquet = fileURLToPath(new URL('../data/flights-3m.parquet', import.meta.resolve('vega-datasets')));

/** Copies the three million flights within the United States that the package vega-datasets has. */
export const copyFlights = (path: string): Promise<void> => copyFile(parquet, path);
