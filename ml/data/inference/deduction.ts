import type { Affixes } from '../kinds/number-affixes.ts';
import type { ColumnSummary } from './column-summary.ts';
import type { Convention, NumberStatistics } from './number-forms.ts';
import type { HeaderParts } from './units.ts';

/** What a column is, in the words of dataset.json, without what it is called. */
export type DeducedKind =
  | {
      readonly kind: 'numeric';
      readonly min?: number;
      readonly max?: number;
      readonly step?: number;
      readonly unit?: string;
      readonly prefix?: string | undefined;
      readonly suffix?: string | undefined;
      readonly parentheses?: true | undefined;
    }
  | {
      readonly kind: 'yes_no';
      readonly yes: string;
      readonly no: string;
      readonly yes_texts?: readonly string[];
      readonly no_texts?: readonly string[];
    }
  | { readonly kind: 'date'; readonly format: string }
  | {
      readonly kind: 'categorical';
      readonly levels: readonly string[];
      readonly other?: string;
      readonly unseen?: 'other';
    }
  | { readonly kind: 'identifier' | 'constant' | 'text' | 'leaking'; readonly reason: string };

/** A kind, why, and what somebody should look at. */
export interface Deduction {
  readonly is: DeducedKind;
  /** A clause: "whole numbers from 1 to 5". */
  readonly why: string;
  /** Sentences. */
  readonly look: readonly string[];
  /** Texts of the column that stand for "not known". */
  readonly missing: readonly string[];
}

/** What a decision about a column goes by. */
export interface ColumnView {
  readonly summary: ColumnSummary;
  /** The words of its header, in lower case. */
  readonly words: readonly string[];
  readonly header: HeaderParts;
  readonly convention: Convention;
  /** Cells that are not blank. */
  readonly known: number;
  /** The texts that are kept, composed (NFC), each with its count. */
  readonly counts: ReadonlyMap<string, number>;
  /** What stands beside the numbers. */
  readonly affixes: Affixes;
  /** Of those that are numbers under the convention. */
  readonly numbers: Readonly<NumberStatistics>;
  /** A text as a number; undefined where it is none. */
  readonly numberIn: (text: string) => number | undefined;
  /** Its cells in the rows that were drawn, without spaces around them. */
  readonly sample: readonly string[];
}

/** Makes a deduction; whatever is left out is nothing. */
export const deduced = (
  is: DeducedKind,
  why: string,
  { look = [], missing = [] }: Partial<Pick<Deduction, 'look' | 'missing'>> = {},
): Deduction => ({ is, why, look, missing });

/** Whether models do not read it. */
export const isKeptOut = ({ kind }: DeducedKind): boolean =>
  kind === 'identifier' || kind === 'constant' || kind === 'text' || kind === 'leaking';
