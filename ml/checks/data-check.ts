import type { Column } from '../data/declaration.ts';
import type { CheckName, Finding, Verdict } from './finding.ts';

/** What came of checking a CSV, as `--json` writes it. */
export interface DataCheck {
  /** The name of the data set. */
  readonly dataset: string;
  /** What was checked, as people call it. */
  readonly data: string;
  readonly verdict: Verdict;
  /** The checks that may fail. */
  readonly gating: readonly CheckName[];
  readonly rows: number;
  /** Rows without a target, and of weight 0, which training leaves out as well. */
  readonly dropped: number;
  readonly weightless: number;
  /** How many independent rows tell as much as the others, by weights and groups. */
  readonly independent: number;
  /** The release whose rows it was compared with. */
  readonly against: { readonly release: string; readonly rows: number; readonly independent: number } | null;
  /** What else there is to know, a sentence each without its full stop. */
  readonly notes: readonly string[];
  readonly checks: readonly CheckResult[];
  readonly columns: readonly ColumnCheck[];
}

interface CheckResult {
  readonly check: CheckName;
  /** Null where there was nothing to compare with. */
  readonly verdict: Verdict | null;
  readonly findings: readonly Finding[];
}

/** What came of a declared column. */
export interface ColumnCheck {
  readonly name: string;
  readonly kind: Column['kind'];
  readonly verdict: Verdict;
  /** What there is to say of it, a sentence each without its full stop. */
  readonly reasons: readonly string[];
  /** The share of its values that are missing, and that of the release; null where the file, or the release, has none of it. */
  readonly missing: { readonly share: number | null; readonly before: number | null };
  /** Null where its distribution was not compared. */
  readonly drift: {
    readonly psi: number;
    /** What of it chance makes on average. */
    readonly chance: number;
    readonly test: 'kolmogorov_smirnov' | 'chi_squared';
    readonly p: number;
    /** Whether the difference is more than chance, among all that were tested. */
    readonly significant: boolean;
  } | null;
}
