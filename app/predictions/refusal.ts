import { DataError, type Issue } from '../../ml/serving.ts';
import { HttpError } from '../http-errors.ts';
import type { ProblemName } from '../problems/problem-types.ts';

/** An error that the client made, as plain data: a thread's messages would lose its class. */
export type Refusal =
  | { readonly refused: 'data'; readonly message: string; readonly issues: readonly Issue[]; readonly total: number }
  | { readonly refused: 'request'; readonly message: string; readonly problem: ProblemName };

/** The refusal that an error is, or undefined where it is a bug. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof DataError) {
    const { message, issues, total } = error;
    return { refused: 'data', message, issues, total };
  }
  if (error instanceof HttpError) return { refused: 'request', message: error.message, problem: error.problem };
  return undefined;
}

/** The error that a refusal was. */
export function errorOf(refusal: Refusal): Error {
  const { message } = refusal;
  if (refusal.refused === 'request') return new HttpError(message, { problem: refusal.problem });
  return new DataError(message, { issues: refusal.issues, total: refusal.total });
}
