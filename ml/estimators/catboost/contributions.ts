import { Derived } from '../../core/derived.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Boosted } from '../../trees/oblivious/boosting/boost.ts';
import { asTrees } from '../../trees/oblivious/explaining/as-trees.ts';
import { LeafContributions } from '../../trees/oblivious/explaining/leaf-contributions.ts';
import { type Players, playersOf } from '../../trees/oblivious/explaining/players.ts';
import { FeatureReader, type Features } from '../../trees/oblivious/model/features.ts';
import { type ObliviousTrees, treesOfOutput } from '../../trees/oblivious/model/trees.ts';
import { TreeShap } from '../../trees/shap/tree-shap.ts';
import type { Contributions } from '../contributions.ts';

/** Explains one output of rows, which are read one at a time. */
interface Explainer {
  readonly base: number;
  /** @returns rows × players */
  explain(rows: number, read: (row: number) => Float32Array, threads: number): Float64Array;
}

interface Prepared {
  /** One an output. */
  readonly explainers: readonly Explainer[];
  readonly players: Players;
  readonly reader: FeatureReader;
}

const prepared = new Derived<Features, Prepared | null>();

/**
 * What each column adds to each raw output, exactly. What the statistics of several categories together add is shared equally
 * among these, as in the reference.
 */
export function catboostContributions(state: Boosted, x: Matrix, threads = 1): Contributions | null {
  const known = prepared.of(state.features, [], () => prepare(state));
  if (known === null) return null;
  const { explainers, players, reader } = known;
  const { rows, columns } = x;
  const outputs = explainers.length;
  const read = (row: number) => {
    reader.read(x, row);
    return reader.row;
  };
  const values = new Float64Array(rows * outputs * columns);
  explainers.forEach((explainer, output) => {
    const ofPlayers = explainer.explain(rows, read, threads);
    for (let i = 0, at = 0; i < rows; i++) {
      const first = (i * outputs + output) * columns;
      for (const own of players.columns) {
        const share = ofPlayers[at++]! / own.length;
        for (const column of own) values[first + column]! += share;
      }
    }
  });
  return { rows, columns, outputs, bases: Float64Array.from(explainers, ({ base }) => state.bias + base), values };
}

function prepare({ trees, features }: Boosted): Prepared | null {
  const players = playersOf(features);
  const reader = new FeatureReader(features);
  const explainers: Explainer[] = [];
  for (let output = 0; output < (trees.outputs ?? 1); output++) {
    const explainer = explainerOf(treesOfOutput(trees, output), players, reader.row.length);
    if (explainer === null) return null;
    explainers.push(explainer);
  }
  return { explainers, players, reader };
}

function explainerOf(trees: ObliviousTrees, players: Players, columns: number): Explainer | null {
  const leaves = LeafContributions.of(trees, players);
  if (leaves) return byLeaves(leaves, players.columns.length);
  const binary = asTrees(trees);
  if (binary === null) return null;
  return byTrees(new TreeShap(binary, { columns, players: players.of, playerCount: players.columns.length }));
}

const byLeaves = (leaves: LeafContributions, players: number): Explainer => ({
  base: leaves.base,
  explain(rows, read) {
    const values = new Float64Array(rows * players);
    for (let i = 0; i < rows; i++) leaves.addTo(values.subarray(i * players, (i + 1) * players), read(i));
    return values;
  },
});

const byTrees = (shap: TreeShap): Explainer => ({
  base: shap.base,
  explain: (rows, read, threads) => shap.explain(rows, (row, into) => into.set(read(row)), threads),
});
