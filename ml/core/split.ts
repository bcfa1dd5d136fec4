/** Numbers of rows, each ascending: those to learn from, and those held out. */
export interface Split {
  readonly learned: Uint32Array;
  readonly held: Uint32Array;
}
