// A data set such as a reader of docs/operate/ship.md has: a table that this repository does not know, added to a clone.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../ml/core/random.ts';

const ROWS = 400;
/** Some of a number's spread is nobody's to predict. */
const NOISE = 8;

/** How much heat a degree of frost takes. */
const insulations = { none: 2.6, 'walls, roof': 1.6, 'all "passive"': 0.6 };
// A name that every object in JavaScript has already, and levels beyond ASCII.
const constructors = { 'Müller & Söhne': 0, 'Äkta Hus': 4, 匠: 9 };

const keys = (levels: Readonly<Record<string, number>>) => Object.keys(levels);

const declaration = {
  name: 'home-energy',
  title: 'Energy that a home takes',
  file: 'days.csv',
  target: 'energy',
  columns: [
    { name: 'outdoor_temperature', title: 'Outdoor temperature', kind: 'numeric', min: -30, max: 45, unit: '°C' },
    {
      name: 'floor_area',
      header: 'Wohnfläche (m²)',
      title: 'Floor area',
      kind: 'numeric',
      min: 20,
      step: 1,
      unit: 'm²',
    },
    { name: 'insulation', title: 'Insulation', kind: 'categorical', levels: keys(insulations) },
    { name: 'constructor', title: 'Built by', kind: 'categorical', levels: keys(constructors) },
    { name: 'energy', title: 'Energy in a day', kind: 'numeric', min: 0, unit: 'kWh' },
  ],
};

interface Day {
  readonly outdoor_temperature: number;
  readonly floor_area: number;
  readonly insulation: keyof typeof insulations;
  readonly constructor: keyof typeof constructors;
}

const energyOf = (day: Day): number =>
  0.15 * day.floor_area +
  Math.max(0, 18 - day.outdoor_temperature) * insulations[day.insulation] +
  constructors[day.constructor];

const someDay: Day = { outdoor_temperature: -5, floor_area: 140, insulation: 'none', constructor: 'Äkta Hus' };

export const ownData = {
  folder: 'data/home-energy',
  title: declaration.title,
  target: declaration.target,
  /** A record, and what is right for it, give or take what models miss. */
  record: someDay,
  right: energyOf(someDay),
  tolerance: 15,
} as const;

function csv(warmer: number): string {
  const random = createRandom(7);
  const pick = <T>(values: readonly T[]) => values[random.below(values.length)] as T;
  const cell = (value: string | number) =>
    /[",]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : value;
  const days = Array.from({ length: ROWS }, () => {
    const day: Day = {
      outdoor_temperature: (random.below(350) - 100) / 10 + warmer,
      floor_area: 40 + random.below(200),
      insulation: pick(keys(insulations)) as Day['insulation'],
      constructor: pick(keys(constructors)) as Day['constructor'],
    };
    const energy = energyOf(day) + NOISE * (2 * random.uniform() - 1);
    return [day.constructor, Math.max(0, energy).toFixed(2), day.outdoor_temperature, day.floor_area, day.insulation];
  });
  const header = ['Constructor', 'ENERGY', 'Outdoor/Temperature', 'WOHNFLÄCHE [m²]', 'Insulation'];
  return [header, ...days].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

interface OwnChanges {
  readonly title?: string;
  readonly target?: string;
  /** By so many degrees every day. */
  readonly warmer?: number;
}

/** Writes the table and its declaration into a folder, in a style of their own; changed where that is asked for. */
export function writeOwnData(folder: string, { warmer = 0, ...changes }: OwnChanges = {}): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, declaration.file), csv(warmer));
  writeFileSync(join(folder, 'dataset.json'), JSON.stringify({ ...declaration, ...changes }, null, 4));
}

/** Puts it into a clone as docs/guide/your-own-data.md says: a folder, and the setting. */
export function addOwnData(clone: string): void {
  writeOwnData(join(clone, ownData.folder));
  execFileSync('npm', ['pkg', 'set', `plumbline.dataset=${ownData.folder}`], { cwd: clone, stdio: 'pipe' });
}
