// What a month of requests is, to whoever bills them.

/** Of a year. */
export const HOURS_A_MONTH = 730;

/** Decimal, as Amazon counts what is sent. */
const GB = 1e9;

/** An answer with its headers. A form of seven columns takes 2.9 KB, a prediction by the API 0.4 KB. */
const BYTES_OUT = 3_000;
/** A request with its headers. */
const BYTES_IN = 1_000;
/** The app's line about a request, and what CloudWatch adds to each for itself. */
const APP_LOG_BYTES = 201 + 26;
/** Caddy's line about a request, which has its headers. */
const ACCESS_LOG_BYTES = 1_200;
/** What the network logs, whatever is asked of it. */
export const FLOW_LOG_GB = 1;
/** Those logs are kept for a week, all others for a month. CloudWatch packs what it keeps; here nothing is taken off for that. */
export const KEPT_FLOW_LOG_GB = (FLOW_LOG_GB * 7) / 30;
/** One request in so many comes on a connection of its own. */
const REQUESTS_A_CONNECTION = 4;
/** How long a connection is kept. */
const CONNECTION_MINUTES = 2;

export interface Traffic {
  readonly requests: number;
  /** On average over the month. */
  readonly perSecond: number;
  readonly gbOut: number;
  /** In and out. */
  readonly gbThrough: number;
  readonly gbOfAppLog: number;
  readonly gbOfAccessLog: number;
  readonly connectionsPerSecond: number;
  readonly openConnections: number;
}

/** What is assumed of each request, for people to read. */
export const trafficAssumptions: readonly string[] = [
  `an answer takes ${BYTES_OUT / 1000} KB with its headers, a request ${BYTES_IN / 1000} KB, one request in ${REQUESTS_A_CONNECTION} opens a connection`,
  `the network's flow logs take ${FLOW_LOG_GB} GB and are kept for a week, other logs for a month`,
];

export function trafficOf(requests: number): Traffic {
  const perSecond = requests / HOURS_A_MONTH / 3600;
  const connectionsPerSecond = perSecond / REQUESTS_A_CONNECTION;
  return {
    requests,
    perSecond,
    gbOut: (requests * BYTES_OUT) / GB,
    gbThrough: (requests * (BYTES_OUT + BYTES_IN)) / GB,
    gbOfAppLog: (requests * APP_LOG_BYTES) / GB,
    gbOfAccessLog: (requests * ACCESS_LOG_BYTES) / GB,
    connectionsPerSecond,
    openConnections: connectionsPerSecond * 60 * CONNECTION_MINUTES,
  };
}
