/** What came of a problem. */
export interface Verdict {
  readonly kind: 'agreed' | 'left_out' | 'disagreed';
  /** How they disagree; a smaller problem must disagree alike to stand for it. */
  readonly how?: 'predictions' | 'mean score' | 'ours is not finite' | 'only ours refuses' | 'only theirs refuses';
  /** A sentence of it. */
  readonly why?: string;
  /** Of probabilities, of predictions as a share of the targets' spread, or of mean scores. */
  readonly difference: number;
  /** The held-out row that differs most. */
  readonly row?: number;
  /** How many more seeds would tell whether mean scores differ. */
  readonly undecided?: true;
}
