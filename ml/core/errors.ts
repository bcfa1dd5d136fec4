/** One thing that is wrong: where (a column, a line, a field) and what is allowed there. */
export interface Issue {
  readonly path: string;
  readonly message: string;
  /** Within a JSON value, the keys that lead there; `path` is these, joined by dots. */
  readonly keys?: readonly (string | number)[];
}

/** The user's data or declaration is wrong: exit code 1, HTTP 422. */
export class DataError extends Error {
  override readonly name = 'DataError';
  /** The first problems found; `total` counts them all. */
  readonly issues: readonly Issue[];
  readonly total: number;

  constructor(message: string, options: ErrorOptions & { issues?: readonly Issue[]; total?: number } = {}) {
    super(message, options);
    this.issues = options.issues ?? [];
    this.total = options.total ?? this.issues.length;
  }
}

/** A parameter or option is wrong: exit code 2. */
export class ParamError extends Error {
  override readonly name = 'ParamError';
}

/** A release is missing, damaged, of another format, or out of reach: exit code 1, HTTP 503. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
  /** Whether training again gives one that can be read: not where permission is what is missing. */
  readonly trainingMends: boolean;

  constructor(message: string, options: ErrorOptions & { trainingMends?: boolean } = {}) {
    super(message, options);
    this.trainingMends = options.trainingMends ?? true;
  }
}

/** Whether an error is one of the file system's, with this code (`ENOENT`, `EEXIST`, …). */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
