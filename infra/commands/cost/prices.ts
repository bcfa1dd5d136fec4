// What Amazon asks for things, from one table with the date and the source of each price. What any command says of costs comes from it.

import { ParamError } from '../../../ml/core/errors.ts';
import table from '../../prices.json' with { type: 'json' };

export type PriceName = keyof typeof table.prices;

/** A price as the table has it. */
interface Price {
  /** By region. */
  readonly usd: Readonly<Record<string, number>>;
  /** What it is asked for. */
  readonly unit: string;
  /** How much of it an account has for nothing each month. @default none */
  readonly free?: number;
  /** When the source said so: a month, or a day. */
  readonly as_of: string;
  readonly source: string;
  /** How sure it is. */
  readonly certainty: string;
}

const prices: Readonly<Record<PriceName, Price>> = table.prices;

/** The regions whose prices the table has. */
const pricedRegions: readonly string[] = table.regions;

/** When the table was made. */
export const lookedUp = table.looked_up;

/** When the sources of all prices said so, from the earliest to the latest. */
export function pricesAsOf(): readonly [earliest: string, latest: string] {
  const dates = Object.values(prices)
    .map(({ as_of }) => as_of)
    .sort();
  return [dates[0] as string, dates.at(-1) as string];
}

/** A line of a bill. */
export interface CostLine {
  readonly item: string;
  readonly quantity: number;
  readonly unit: string;
  /** Of one unit, in US dollars. */
  readonly price: number;
  /** So many units that are paid for: what an account has for nothing is left out. */
  readonly paid: number;
  /** In US dollars. */
  readonly usd: number;
}

/** What so many units come to. @throws ParamError where the table has no prices of the region */
export function costLine(item: string, name: PriceName, quantity: number, region: string): CostLine {
  const { usd, unit, free = 0 } = prices[name];
  const price = usd[region];
  if (price === undefined) {
    throw new ParamError(
      `infra/prices.json has no prices of ${region}, but of ${pricedRegions.join(', ')}; add them there with their source and date, or leave --region out`,
    );
  }
  const paid = Math.max(0, quantity - free);
  return { item, quantity, unit, price, paid, usd: paid * price };
}

/** What lines come to together, in US dollars. */
export function totalOf(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { usd }) => sum + usd, 0);
}
