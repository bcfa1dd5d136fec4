// A month of a service: lines, what they assume, and what they come to.

import { type Credentials, credentialsAssumptions, credentialsMonth } from './credentials-month.ts';
import { defaultFleet, type FleetSize, fleetAssumptions, fleetMonth } from './fleet-month.ts';
import { type CostLine, lookedUp, pricesAsOf, totalOf } from './prices.ts';
import { serverAssumptions, serverMonth } from './server-month.ts';
import { trafficAssumptions, trafficOf } from './traffic.ts';
import { hoursOfRows, trainingAssumptions, trainingMonth } from './training-month.ts';

export type Size = 'server' | 'fleet';

export interface MonthOptions extends Credentials {
  readonly size: Size;
  readonly region: string;
  /** In the month. */
  readonly requests: number;
  /** @default from 2 to 6 tasks; of a server nothing */
  readonly fleet?: FleetSize;
  /** How long clusters run for trainings. @default not at all, or as long as `trainingRows` take */
  readonly trainingHours?: number;
  /** How many rows a training on a cluster learns from, once a month. */
  readonly trainingRows?: number;
}

export interface Month {
  readonly size: Size;
  readonly region: string;
  readonly requests: number;
  readonly lines: readonly CostLine[];
  /** In US dollars. */
  readonly total: number;
  readonly assumptions: readonly string[];
}

/** @throws ParamError where the table has no prices of the region */
export function costOfMonth(options: MonthOptions): Month {
  const { size, region, requests, fleet = defaultFleet, trainingRows } = options;
  const traffic = trafficOf(requests);
  const hours = options.trainingHours ?? (trainingRows === undefined ? 0 : hoursOfRows(trainingRows));
  const serving = size === 'server' ? serverMonth(traffic, region) : fleetMonth(traffic, fleet, region);
  const lines = [
    ...serving,
    ...credentialsMonth(options, region),
    ...(hours > 0 ? trainingMonth(hours, trainingRows, region) : []),
  ];
  const [earliest, latest] = pricesAsOf();
  return {
    size,
    region,
    requests,
    lines,
    total: totalOf(lines),
    assumptions: [
      `list prices of ${region}, and of no other region: some cost up to a third more; looked up on ${lookedUp} in sources from ${earliest} to ${latest}, without tax; what an account has for nothing each month is left out`,
      ...trafficAssumptions,
      ...(size === 'server' ? serverAssumptions : fleetAssumptions(traffic, fleet)),
      ...credentialsAssumptions(options),
      ...(hours > 0 ? trainingAssumptions(hours, trainingRows) : []),
    ],
  };
}
