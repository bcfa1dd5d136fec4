import type { TreeBuilder } from '../trees.ts';
import type { Frontier } from './frontier.ts';
import { leafValue } from './leaf-value.ts';
import { orderLeaves, within } from './monotone.ts';
import { BATCH_SIZE, type RowData } from './row-data.ts';
import type { ShardPool } from './shard-pool.ts';
import type { SplitRules } from './split.ts';

/** What a leaf of these rows is worth, before the learning rate. */
export type LeafRule = (rows: Uint32Array) => number;

export interface LeavesRules extends SplitRules {
  /** What leaf values are multiplied by. */
  readonly learningRate: number;
}

/** The nodes of a tree that were not split: sets their values, and adds those to the predictions of their rows. */
export class Leaves {
  readonly #data: RowData;
  readonly #shards: ShardPool;
  readonly #frontier: Frontier;
  readonly #rules: LeavesRules;

  constructor(data: RowData, shards: ShardPool, frontier: Frontier, rules: LeavesRules) {
    this.#data = data;
    this.#shards = shards;
    this.#frontier = frontier;
    this.#rules = rules;
  }

  /** @param rule sets values instead of Newton's step */
  finish(builder: TreeBuilder, root: number, leaves: readonly number[], rule: LeafRule | undefined): void {
    if (rule) this.#setByRule(builder, root, leaves, rule);
    else for (const node of leaves) builder.setLeaf(root + node, this.#atRate(this.#newtonStep(node)));
    this.#inBatches(leaves, (nodes) => {
      nodes.forEach((node, k) => {
        this.#data.batch.value[k] = builder.leafAt(root + node);
      });
      this.#shards.run('finish');
    });
  }

  #setByRule(builder: TreeBuilder, root: number, leaves: readonly number[], rule: LeafRule): void {
    this.#inBatches(leaves, (nodes) => {
      this.#shards.run('locate');
      nodes.forEach((node, k) => {
        const rows = this.#drawnRows(k);
        builder.setLeaf(root + node, this.#atRate(rows.length > 0 ? Math.fround(rule(rows)) : this.#newtonStep(node)));
      });
    });
    const trees = builder.view();
    // Values by a rule keep no bounds, neither here nor in the reference, whose constraints do not hold then.
    if (this.#rules.directions) orderLeaves(trees, trees.roots.length - 1, this.#rules.directions);
  }

  #newtonStep(node: number): number {
    const { gradient, hessian, bounds } = this.#frontier;
    return within(bounds[node]!, leafValue(gradient[node]!, hessian[node]!, this.#rules));
  }

  #atRate(value: number): number {
    return Math.fround(value * this.#rules.learningRate);
  }

  /** The rows of leaf `k` of the batch, but for those that are not drawn; ascending. */
  #drawnRows(k: number): Uint32Array {
    const { batch, order, drawn } = this.#data;
    const rows: number[] = [];
    for (let shard = k; shard < batch.begins.length; shard += BATCH_SIZE) {
      for (let at = batch.begins[shard]!; at < batch.ends[shard]!; at++) {
        if (drawn[order[at]!] === 1) rows.push(order[at]!);
      }
    }
    return Uint32Array.from(rows);
  }

  #inBatches(leaves: readonly number[], visit: (nodes: readonly number[]) => void): void {
    const { batch } = this.#data;
    for (let first = 0; first < leaves.length; first += BATCH_SIZE) {
      const nodes = leaves.slice(first, first + BATCH_SIZE);
      batch.node.set(nodes);
      batch.count[0] = nodes.length;
      visit(nodes);
    }
  }
}
