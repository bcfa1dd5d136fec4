import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MeasurementError } from '../measurement-error.ts';

const autocannon = fileURLToPath(import.meta.resolve('autocannon'));

export interface Load {
  readonly url: string;
  /** A file with the body of each request, as JSON. */
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
  /** Requests a second. @default as many as are answered */
  readonly rate?: number;
}

/** What a server did under a load. */
export interface Served {
  readonly requestsPerSecond: number;
  /** 99 in 100 answers took no longer, in milliseconds. */
  readonly p99: number;
}

interface Result {
  readonly requests: { readonly average: number };
  readonly latency: { readonly p99: number };
  readonly '2xx': number;
  readonly non2xx: number;
  readonly errors: number;
}

/** Asks a server for so long. @throws MeasurementError where it does not answer each request with what was asked for */
export async function load({ url, body, connections, seconds, rate }: Load): Promise<Served> {
  const args = [
    ...['--json', '--method', 'POST', '--headers', 'content-type=application/json', '--input', body],
    ...['--connections', String(connections), '--duration', String(seconds)],
    ...(rate === undefined ? [] : ['--overallRate', String(Math.max(1, Math.round(rate)))]),
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [autocannon, ...args, url]);
  const result = JSON.parse(stdout) as Result;
  if (result.non2xx + result.errors > 0 || result['2xx'] === 0)
    throw new MeasurementError(
      `${url}: of ${result['2xx']} requests ${result.non2xx} were refused and ${result.errors} failed`,
    );
  return { requestsPerSecond: result.requests.average, p99: result.latency.p99 };
}
