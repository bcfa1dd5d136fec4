import type { Reading } from '../sources/reading.ts';
import type { DeducedKind } from './deduction.ts';

/** A column as init declares it. */
export type DraftColumn = {
  readonly name: string;
  readonly header?: string;
  readonly title: string;
  readonly missing?: readonly string[];
} & DeducedKind;

/** A declaration as init makes it, which is then checked as any other. */
export interface Draft extends Reading {
  readonly name: string;
  readonly title: string;
  readonly file: string;
  readonly decimal?: ',';
  readonly thousands?: string;
  readonly missing?: readonly string[];
  readonly target: string;
  readonly positive?: string;
  readonly weight?: string;
  readonly group?: string;
  readonly time?: string;
  readonly assumed?: readonly string[];
  readonly columns: readonly DraftColumn[];
}
