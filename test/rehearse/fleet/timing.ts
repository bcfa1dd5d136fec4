// How long things take in an account, as the stack has it, and how much of that a rehearsal waits for.

/** In seconds; a test compares them with the stack's. */
export const account = {
  /** Between two health checks of a target. */
  checkInterval: 10,
  /** After so long a health check has failed. */
  checkTimeout: 5,
  /** From its deregistration on a target gets no request; so long those that it has may take. */
  deregistrationDelay: 30,
  /** So long a task that has never been healthy may take to become so. */
  grace: 60,
  /** How long a task serves on after SIGTERM: by then it has left the traffic. */
  drain: 5,
  /** From SIGTERM to SIGKILL. */
  stopTimeout: 60,
  /** A connection on which nothing comes for so long is closed, to a client as to a target. */
  idleTimeout: 60,
  /** A target that does not take a connection within it is not there. */
  connectTimeout: 10,
} as const;

/** A target is taken for unhealthy after so many failed checks on end; one that was needs so many that succeed. */
export const thresholds = { unhealthy: 2, healthy: 2 } as const;

/** Every interval of an account is so many times shorter here. */
export const FACTOR = 5;

/** But for what waits for a machine, since this one is not so many times faster. */
const factors: Partial<Record<keyof typeof account, number>> = { checkTimeout: 1, grace: 1, idleTimeout: 1 };

/** How long it takes here, in milliseconds. */
export const shortened = (name: keyof typeof account): number => (account[name] * 1000) / (factors[name] ?? FACTOR);

/** For how long a task has to serve on whose balancer is not told: until it has failed its health checks, however late they are answered. */
export const UNTOLD_DRAIN_SECONDS =
  1 + (thresholds.unhealthy * (shortened('checkInterval') + shortened('checkTimeout'))) / 1000;
