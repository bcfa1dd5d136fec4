import { Derived } from '../../core/derived.ts';
import type { Matrix } from '../../core/matrix.ts';
import type { Boosted } from '../../trees/oblivious/boosting/boost.ts';
import { asTrees } from '../../trees/oblivious/explaining/as-trees.ts';
import { LeafContributions } from '../../trees/oblivious/explaining/leaf-contributions.ts';
import { type Players, playersOf } from '../../trees/oblivious/explaining/players.ts';
import { FeatureReader, type Features } from '../../trees/oblivious/model/features.ts';
import { TreeShap } from '../../trees/shap/tree-shap.ts';
import { type Contributions, ofOneOutput } from '../contributions.ts';

/** Explains rows, which are read one at a time. */
interface Explainer {
  readonly base: number;
  /** @returns rows × players */
  explain(rows: number, read: (row: number) => Float32Array, threads: number): Float64Array;
}

interface Prepared {
  readonly explainer: Explainer;
  readonly players: Players;
  readonly reader: FeatureReader;
}

const prepared = new Derived<Features, Prepared | null>();

/**
 * What each column adds, exactly. What the statistics of several categories together add is shared equally among these, as in the
 * reference.
 */
export function catboostContributions(state: Boosted, x: Matrix, threads = 1): Contributions | null {
  const known = prepared.of(state.features, [], () => prepare(state));
  if (known === null) return null;
  const { explainer, players, reader } = known;
  const { rows, columns } = x;
  const read = (row: number) => {
    reader.read(x, row);
    return reader.row;
  };
  const ofPlayers = explainer.explain(rows, read, threads);
  const values = new Float64Array(rows * columns);
  for (let i = 0, at = 0; i < rows; i++) {
    for (const own of players.columns) {
      const share = ofPlayers[at++]! / own.length;
      for (const column of own) values[i * columns + column]! += share;
    }
  }
  return ofOneOutput({ rows, columns, base: state.bias + explainer.base, values });
}

function prepare({ trees, features }: Boosted): Prepared | null {
  const players = playersOf(features);
  const reader = new FeatureReader(features);
  const leaves = LeafContributions.of(trees, players);
  if (leaves) return { explainer: byLeaves(leaves, players.columns.length), players, reader };
  const binary = asTrees(trees);
  if (binary === null) return null;
  const options = { columns: reader.row.length, players: players.of, playerCount: players.columns.length };
  return { explainer: byTrees(new TreeShap(binary, options)), players, reader };
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
