import { type CheckDataOptions, checkData } from '../../../ml/checks/check-data.ts';
import type { DataCheck } from '../../../ml/checks/data-check.ts';
import { createRandom } from '../../../ml/core/random.ts';
import { houseHeader, houses } from '../../houses.ts';
import { temporaryFile } from '../../temporary.ts';

/** A house as its cells. */
export type House = readonly [area: number | string, rooms: number | string, heating: string, price: number | string];

/** Houses that are drawn: a seed gives others of the same distribution. */
export function drawnHouses(count: number, seed: number, change: (house: House) => House = (house) => house): House[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const area = 20 + random.below(200);
    const rooms = 1 + random.below(9);
    const heating = ['gas', 'heat pump', 'none'][random.below(3)] as string;
    return change([area, rooms, heating, 2 * area + 5 * rooms + random.below(30)]);
  });
}

export const csvOf = (rows: readonly House[], header = houseHeader) =>
  [header, ...rows.map((row) => row.join(',')), ''].join('\n');

/** Checks a file of this content against the declaration of the houses, unless options say otherwise. */
export function checkCsv(text: string, options: Partial<CheckDataOptions> = {}): Promise<DataCheck> {
  return checkData({ dataset: houses, data: temporaryFile(text), ...options });
}

/** What was found, as `check column: message`. */
export const findingsOf = ({ checks }: DataCheck) =>
  checks.flatMap(({ check, findings }) =>
    findings.map(({ column, message }) => `${check} ${column ?? '–'}: ${message}`),
  );

export const verdictsOf = ({ columns }: DataCheck) =>
  Object.fromEntries(columns.map(({ name, verdict }) => [name, verdict]));
