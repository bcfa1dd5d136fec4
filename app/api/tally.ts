/** What an answer came to, as it is counted. */
export interface Tally {
  /** Of how many records a prediction was answered. */
  readonly records: number;
  /** Of how many of them something lies outside of what was learned; undefined where nobody looked. */
  readonly outside: number | undefined;
  /** How many records were refused while others were answered. */
  readonly refused: number;
}
