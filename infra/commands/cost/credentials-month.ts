// A month of the secrets that settings ask for, and of the function that registers a runner for each job.

import { type CostLine, costLine } from './prices.ts';

/** As the stack's settings `runner` and `auth` have them. */
export interface Credentials {
  /** Of a server. @default self-hosted */
  readonly runner?: 'self-hosted' | 'ephemeral' | 'none' | undefined;
  /** How GitHub proves who it is. @default oidc */
  readonly auth?: 'oidc' | 'keys' | 'both' | undefined;
}

/** Jobs of a month, each of which has its runner registered. */
const JOBS = 100;
/** What the function has, and how long GitHub lets it wait. */
const FUNCTION = { gb: 0.128, seconds: 2 };

export function credentialsMonth({ runner, auth }: Credentials, region: string): readonly CostLine[] {
  const isRegistered = runner === 'ephemeral';
  const secrets = [isRegistered, auth === 'keys' || auth === 'both'].filter(Boolean).length;
  return [
    ...(secrets > 0 ? [costLine('secrets (Secrets Manager)', 'secret_month', secrets, region)] : []),
    ...(isRegistered
      ? [
          costLine('registering runners (Lambda): calls', 'lambda_million_requests', JOBS / 1e6, region),
          costLine(
            'registering runners (Lambda): memory',
            'lambda_gb_second',
            JOBS * FUNCTION.gb * FUNCTION.seconds,
            region,
          ),
        ]
      : []),
  ];
}

export function credentialsAssumptions({ runner }: Credentials): readonly string[] {
  if (runner !== 'ephemeral') return [];
  return [`${JOBS} jobs have their runner registered, which takes ${FUNCTION.seconds} seconds each`];
}
