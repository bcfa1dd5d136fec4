import type { Matrix } from '../../core/matrix.ts';
import { TreeShap } from '../../trees/shap/tree-shap.ts';
import type { Trees } from '../../trees/trees.ts';
import { type Contributions, rescale, spread } from '../contributions.ts';
import type { ImportedState } from './imported-state.ts';
import { eachInputs, inputReader } from './input-rows.ts';
import { applyLink } from './links.ts';
import { featuresOfInput } from './model-input.ts';
import { sumsOf } from './sums.ts';

/** Links of which a sum says a log-odds, and those of which it is the prediction. */
const ofLogOdds: readonly string[] = ['logistic', 'softmax'];
const ofItself: readonly string[] = ['identity', 'normalised'];

/**
 * What each column adds to an imported model's predictions, exactly: Shapley values of its trees by the rows that its training had in
 * their nodes, or of a linear model what each column adds to what zeros come to. Features of one column are added up.
 *
 * @returns null where the file does not say how many rows were in its nodes, or no sum says how probable a class is
 */
export function importedContributions(state: ImportedState, x: Matrix, threads = 1): Contributions | null {
  const { link, linkScale, classes, bases } = state;
  const isOfClasses = classes !== null;
  if (isOfClasses && !ofLogOdds.includes(link) && !ofItself.includes(link)) return null;
  const raw = rawContributions(state, x, threads);
  if (raw === null) return null;
  const sums = sumsOf(state, x, threads).map((sum) => sum * linkScale);
  sums.forEach((sum, at) => {
    spread(raw.values.subarray(at * x.columns, (at + 1) * x.columns), sum - raw.bases[at % bases.length]!);
  });
  if (isOfClasses) return ofClasses(raw, classes, ofLogOdds.includes(link) ? 'log-odds' : 'probability');
  if (link === 'identity') return raw;
  return rescale(raw, (values) => applyLink(link, values.slice(), 1, 1), applyLink(link, sums.slice(), 1, 1));
}

/** By output, of the sums times the link's scale. */
function rawContributions(state: ImportedState, x: Matrix, threads: number): Contributions | null {
  const { body, bases, linkScale } = state;
  const { rows, columns } = x;
  const outputs = bases.length;
  const players = playersOf(state);
  const values = new Float64Array(rows * outputs * columns);
  const add = (row: number, output: number, player: number, value: number) => {
    const own = players.columns[player]!;
    for (const column of own) values[(row * outputs + output) * columns + column]! += value / own.length;
  };
  if (body.kind === 'linear') {
    eachInputs(body.inputs, state.sources, x, (some, first) => {
      for (let row = 0; row < some.rows; row++)
        for (let j = 0; j < some.columns; j++)
          for (let k = 0; k < outputs; k++)
            add(
              first + row,
              k,
              players.of[j]!,
              linkScale * some.data[row * some.columns + j]! * body.weights[j * outputs + k]!,
            );
    });
    return {
      rows,
      columns,
      outputs,
      bases: Float64Array.from(bases, (base, k) => linkScale * (base + (body.intercepts?.[k] ?? 0))),
      values,
    };
  }
  const shap = shapOf(body.trees, body.inputs.length, players, outputs, linkScale);
  if (shap === null) return null;
  const explained = shap.explain(rows, inputReader(body.inputs, state.sources, x), threads);
  const count = players.columns.length;
  for (let at = 0; at < explained.length; at++)
    add(Math.floor(at / (outputs * count)), Math.floor(at / count) % outputs, at % count, explained[at]!);
  return {
    rows,
    columns,
    outputs,
    bases: Float64Array.from(bases, (base, k) => linkScale * base + shap.bases[k]!),
    values,
  };
}

/** Whose an input's contribution is: those of the same features are one player, whose columns share what it adds. */
interface Players {
  readonly of: Int32Array;
  readonly columns: readonly (readonly number[])[];
}

function playersOf({ body, sources }: ImportedState): Players {
  const known = new Map<string, number>();
  const columns: (readonly number[])[] = [];
  const of = Int32Array.from(body.inputs, (input) => {
    const features = featuresOfInput(input);
    const key = features.join();
    const player =
      known.get(key) ?? columns.push([...new Set(features.map((feature) => sources[feature]!.column))]) - 1;
    known.set(key, player);
    return player;
  });
  return { of, columns };
}

const prepared = new WeakMap<Trees, TreeShap>();

function shapOf(trees: Trees, columns: number, players: Players, outputs: number, scale: number): TreeShap | null {
  const { cover } = trees;
  if (!cover) return null;
  const shap =
    prepared.get(trees) ??
    new TreeShap(
      { ...trees, cover },
      { columns, outputs, scale, players: players.of, playerCount: players.columns.length },
    );
  prepared.set(trees, shap);
  return shap;
}

/** The outputs in the target's order of classes; of two classes one output, of class 1. */
function ofClasses(raw: Contributions, classes: readonly number[], scale: 'log-odds' | 'probability'): Contributions {
  const { rows, columns, outputs, bases, values } = raw;
  const isOne = classes.length === 2;
  const wanted = isOne ? 1 : classes.length;
  const into = {
    rows,
    columns,
    outputs: wanted,
    bases: new Float64Array(wanted),
    values: new Float64Array(rows * wanted * columns),
    scale,
  };
  const add = (from: number, to: number, factor: number, constant = 0) => {
    into.bases[to] = into.bases[to]! + factor * bases[from]! + constant;
    for (let row = 0; row < rows; row++)
      for (let j = 0; j < columns; j++)
        into.values[(row * wanted + to) * columns + j]! += factor * values[(row * outputs + from) * columns + j]!;
  };
  if (!isOne) for (const [k, own] of classes.entries()) add(own, k, 1);
  else if (outputs > 1 && scale === 'probability') add(classes[1]!, 0, 1);
  else if (outputs > 1) {
    add(classes[1]!, 0, 1);
    add(classes[0]!, 0, -1);
  } else if (classes[1] === 1) add(0, 0, 1);
  else add(0, 0, -1, scale === 'probability' ? 1 : 0);
  return into;
}
