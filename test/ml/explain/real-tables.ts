// Three real tables, as the package vega-datasets has them.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Declaration } from '../../../ml/data/declaration.ts';
import { ingest } from '../../../ml/data/ingest.ts';
import type { Table } from '../../../ml/data/table.ts';
import { temporaryFile } from '../../temporary.ts';

type Row = Readonly<Record<string, string | number | null>>;

interface RealTable {
  readonly declaration: Declaration;
  readonly rows: () => readonly Row[];
}

const numeric = (name: string, title: string) => ({ name, title, kind: 'numeric' as const });
const categorical = (name: string, title: string, levels: string[]) => ({
  name,
  title,
  kind: 'categorical' as const,
  levels,
});

const packaged = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../data/${name}`, import.meta.resolve('vega-datasets'))), 'utf8');
const fromJson = (name: string) => () => JSON.parse(packaged(name)) as Row[];

function fromCsv(name: string): () => Row[] {
  return () => {
    const [header = '', ...lines] = packaged(name).trim().split('\n');
    const names = header.trim().split(',');
    return lines.map((line) => {
      const cells = line.trim().split(',');
      return Object.fromEntries(names.map((each, j) => [each, cells[j] ?? null]));
    });
  };
}

const shared = { title: 'Real', file: 'real.csv' };

/** Fuel economy of 398 cars, body mass of 342 penguins, and the highest temperatures of 2,922 days. */
export const realTables: Readonly<Record<string, RealTable>> = {
  cars: {
    rows: fromJson('cars.json'),
    declaration: {
      ...shared,
      name: 'cars',
      target: 'Miles_per_Gallon',
      columns: [
        numeric('Miles_per_Gallon', 'Fuel economy'),
        numeric('Cylinders', 'Cylinders'),
        numeric('Displacement', 'Displacement'),
        numeric('Horsepower', 'Horsepower'),
        numeric('Weight_in_lbs', 'Weight'),
        numeric('Acceleration', 'Acceleration'),
        categorical('Origin', 'Origin', ['Europe', 'Japan', 'USA']),
      ],
    },
  },
  penguins: {
    rows: fromJson('penguins.json'),
    declaration: {
      ...shared,
      name: 'penguins',
      target: 'Body Mass (g)',
      columns: [
        numeric('Body Mass (g)', 'Body mass'),
        categorical('Species', 'Species', ['Adelie', 'Chinstrap', 'Gentoo']),
        categorical('Island', 'Island', ['Biscoe', 'Dream', 'Torgersen']),
        numeric('Beak Length (mm)', 'Length of the beak'),
        numeric('Flipper Length (mm)', 'Length of the flipper'),
      ],
    },
  },
  weather: {
    rows: fromCsv('weather.csv'),
    declaration: {
      ...shared,
      name: 'weather',
      target: 'temp_max',
      columns: [
        numeric('temp_max', 'Highest temperature'),
        categorical('location', 'Place', ['New York', 'Seattle']),
        numeric('precipitation', 'Precipitation'),
        numeric('temp_min', 'Lowest temperature'),
        numeric('wind', 'Wind'),
        categorical('weather', 'Weather', ['drizzle', 'fog', 'rain', 'snow', 'sun']),
      ],
    },
  },
};

/** The rows of a real table that have a target. */
export async function readRealTable({ declaration, rows }: RealTable): Promise<Table> {
  const names = declaration.columns.map(({ name }) => name);
  const lines = rows()
    .filter((row) => row[declaration.target] !== null)
    .map((row) => names.map((name) => row[name] ?? '').join(','));
  return (await ingest(temporaryFile([names.join(','), ...lines].join('\n')), declaration)).table;
}
