// How peers compare over tables.

import type { Measurement } from './measurement.ts';

/** What one peer came to on the tables that all have been measured on. */
export interface Standing {
  readonly peer: string;
  /** 1 is the best on a table; equal scores share the mean of their ranks, and those that failed share the last ones. */
  readonly meanRank: number;
  /** On each table (score − worst) ÷ (best − worst) of those that did not fail; 0 of one that failed, 1 where all are equal. */
  readonly meanNormalised: number;
  /** On how many tables it scored lower than ours, the same, and higher. */
  readonly below: number;
  readonly equal: number;
  readonly above: number;
}

/** The scores of peers on one table, in their order; null of one that failed. */
type Scores = readonly (number | null)[];

/**
 * Compares peers on the tables where each of them has a row.
 *
 * @param ours The name of the peer that the others are held against.
 */
export function standings(
  rows: readonly Measurement[],
  peers: readonly string[],
  ours: string,
): { readonly tables: readonly string[]; readonly standings: readonly Standing[] } {
  const names = [...new Set(rows.map(({ data }) => data))];
  const scoresOf = (table: string) =>
    peers.map((peer) => rows.find((row) => row.data === table && row.peer === peer)?.score);
  const measured = names.flatMap((table) => {
    const scores = scoresOf(table);
    return scores.includes(undefined) ? [] : [{ table, scores: scores as Scores }];
  });
  const all = measured.map(({ scores }) => scores);
  const mine = peers.indexOf(ours);
  return {
    tables: measured.map(({ table }) => table),
    standings: peers.map((peer, i) => ({
      peer,
      meanRank: mean(all.map((scores) => ranks(scores)[i] as number)),
      meanNormalised: mean(all.map((scores) => normalised(scores)[i] as number)),
      ...against(all.map((scores) => [scores[i] ?? -Infinity, scores[mine] ?? -Infinity])),
    })),
  };
}

/** The rank of each, from 1; of equals the mean. */
export function ranks(scores: Scores): number[] {
  const values = scores.map((score) => score ?? -Infinity);
  return values.map((value) => {
    const better = values.filter((other) => other > value).length;
    const equal = values.filter((other) => other === value).length;
    return better + (equal + 1) / 2;
  });
}

/** From 0, the worst that did not fail, to 1, the best. */
export function normalised(scores: Scores): number[] {
  const known = scores.filter((score) => score !== null);
  const worst = Math.min(...known);
  const range = Math.max(...known) - worst;
  return scores.map((score) => {
    if (score === null) return 0;
    return range === 0 ? 1 : (score - worst) / range;
  });
}

function against(pairs: readonly (readonly [theirs: number, ours: number])[]) {
  return {
    below: pairs.filter(([theirs, ours]) => theirs < ours).length,
    equal: pairs.filter(([theirs, ours]) => theirs === ours).length,
    above: pairs.filter(([theirs, ours]) => theirs > ours).length,
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
