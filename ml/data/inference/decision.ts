import type { DraftColumn } from './draft.ts';
import type { Role } from './roles.ts';

/** What was decided of a column, and why. */
export interface Decision {
  readonly column: string;
  /** As it is in the file. */
  readonly header: string;
  readonly kind: DraftColumn['kind'];
  readonly role: Role | null;
  /** A clause: "whole numbers from 1 to 5". */
  readonly reason: string;
  /** What somebody should look at, in clauses. */
  readonly look: readonly string[];
}
