import type { Arena } from '../arena.ts';
import type { TreeBuilder } from '../trees.ts';

/** One tree while it grows: a table of its nodes, of which those not looked at yet wait. It is used again for the next tree. */
export class GrownTree {
  /** Of each node: its rows, its depth, and how many columns may still vary in it. */
  start: Int32Array;
  end: Int32Array;
  depth: Int32Array;
  varying: Int32Array;
  /** −1 at a leaf. */
  column: Int32Array;
  threshold: Float64Array;
  /** The right child; the left one is the next. */
  right: Int32Array;
  value: Float64Array;
  impurity: Float64Array;
  weight: Float64Array;
  #nodes = 0;
  readonly #waiting: number[] = [];

  /**
   * @param arena where a kernel grows it
   * @param room for so many nodes; more is made as it is needed, but in an arena
   */
  constructor(arena?: Arena, room = 256) {
    const integers = () => arena?.int32(room) ?? new Int32Array(room);
    const numbers = () => arena?.float64(room) ?? new Float64Array(room);
    this.start = integers();
    this.end = integers();
    this.depth = integers();
    this.varying = integers();
    this.column = integers();
    this.threshold = numbers();
    this.right = integers();
    this.value = numbers();
    this.impurity = numbers();
    this.weight = numbers();
  }

  /** @param nodes how many a kernel has grown */
  clear(nodes = 0): void {
    this.#nodes = nodes;
    this.#waiting.length = 0;
  }

  /** Adds a node that waits to be looked at; the one added last is looked at first. */
  open(start: number, end: number, depth: number, varying: number): void {
    const node = this.#nodes++;
    if (node === this.start.length) this.#makeRoom();
    this.start[node] = start;
    this.end[node] = end;
    this.depth[node] = depth;
    this.varying[node] = varying;
    this.column[node] = -1;
    this.#waiting.push(node);
  }

  /** The node to look at; −1 where none waits. */
  next(): number {
    return this.#waiting.pop() ?? -1;
  }

  describe(node: number, { value, impurity, weight }: { value: number; impurity: number; weight: number }): void {
    this.value[node] = value;
    this.impurity[node] = impurity;
    this.weight[node] = weight;
  }

  /** Makes a node a split, whose right child and then left child are opened next. */
  split(node: number, column: number, threshold: number): void {
    this.column[node] = column;
    this.threshold[node] = threshold;
    this.right[node] = this.#nodes;
  }

  /**
   * Makes leaves of the splits that lessen the impurity by at most `alpha` for each leaf more, what is below them being
   * pruned already.
   *
   * Source: Breiman et al. 1984, section 3.3; scikit-learn 1.9, `ccp_alpha`.
   */
  prune(alpha: number): void {
    const total = this.weight[0]!;
    // Children stand after their parents.
    const leaves = new Int32Array(this.#nodes).fill(1);
    const impurity = new Float64Array(this.#nodes);
    for (let node = this.#nodes - 1; node >= 0; node--) {
      impurity[node] = (this.impurity[node]! * this.weight[node]!) / total;
      if (this.column[node]! < 0) continue;
      const right = this.right[node]!;
      const below = impurity[right]! + impurity[right + 1]!;
      const leavesBelow = leaves[right]! + leaves[right + 1]!;
      if ((impurity[node]! - below) / (leavesBelow - 1) <= alpha) {
        this.column[node] = -1;
      } else {
        impurity[node] = below;
        leaves[node] = leavesBelow;
      }
    }
  }

  /** Adds the tree to a builder, and tells of each leaf by the builder's number and by its own. */
  emit(builder: TreeBuilder, onLeaf: (leaf: number, node: number) => void): void {
    const visit = (node: number, built: number) => {
      builder.setCover(built, this.weight[node]!);
      if (this.column[node]! < 0) {
        builder.setLeaf(built, this.value[node]!);
        onLeaf(built, node);
        return;
      }
      const left = builder.split(built, this.column[node]!, this.threshold[node]!, false);
      visit(this.right[node]! + 1, left);
      visit(this.right[node]!, left + 1);
    };
    visit(0, builder.addTree());
  }

  #makeRoom(): void {
    const size = 2 * this.start.length;
    const grown = <A extends Int32Array | Float64Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.start = grown(this.start, new Int32Array(size));
    this.end = grown(this.end, new Int32Array(size));
    this.depth = grown(this.depth, new Int32Array(size));
    this.varying = grown(this.varying, new Int32Array(size));
    this.column = grown(this.column, new Int32Array(size));
    this.threshold = grown(this.threshold, new Float64Array(size));
    this.right = grown(this.right, new Int32Array(size));
    this.value = grown(this.value, new Float64Array(size));
    this.impurity = grown(this.impurity, new Float64Array(size));
    this.weight = grown(this.weight, new Float64Array(size));
  }
}
