import type { Measurement } from '../../bench/accuracy/measurement.ts';
import { contests, type Peer } from '../../bench/accuracy/peers.ts';
import { standings } from '../../bench/accuracy/standings.ts';
import { type Target, targets } from '../../bench/accuracy/targets.ts';
import type { Accuracy } from '../../bench/accuracy.ts';
import { verdict } from '../../bench/table.ts';
import { textTable } from '../output.ts';

/** A peer that is better than ours by more than this is named, with the table. */
const NOTABLE = 0.01;

/** Scores of numbers and of classes are told apart: peers may be good at one of them. */
const kinds: readonly { title: string; has: (task: Measurement['task']) => boolean }[] = [
  { title: 'R²', has: (task) => task === 'regression' },
  {
    title: 'Skill in log loss (0: the class shares of the other rows, 1: sure and right)',
    has: (task) => task !== 'regression',
  },
];

/** What was measured, for people: for each contest the scores, the standings, where a peer is better, what failed. */
export function printAccuracy({ rows, peers }: Accuracy, seconds: number): string {
  return contests
    .flatMap(({ name, times }) => {
      const contestants = peers.filter(({ contest }) => contest === name);
      if (contestants.length === 0) return [];
      return kinds.flatMap(({ title, has }) => {
        const own = rows.filter(({ task }) => has(task));
        if (own.length === 0) return [];
        return [
          `${title} on the rows held out, ${seconds * times} s:`,
          ...printContest(own, contestants, targets[name]),
        ];
      });
    })
    .join('\n\n');
}

function printContest(rows: readonly Measurement[], peers: readonly Peer[], target: Target): string[] {
  const names = peers.map(({ name }) => name);
  const ours = peers.find(({ environment }) => environment === null)?.name;
  const own = rows.filter(({ peer }) => names.includes(peer));
  return [
    printScores(own, names),
    printStandings(own, names, { ours, target }),
    ...list(`Better than ours by more than ${NOTABLE}:`, ours === undefined ? [] : betterThan(ours, own)),
    ...list(
      'Failed:',
      own.flatMap((row) => (row.score === null ? [`${row.data}, ${row.peer}: ${row.reason}`] : [])),
    ),
  ];
}

function printScores(rows: readonly Measurement[], peers: readonly string[]): string {
  const tables = [...new Set(rows.map(({ data }) => data))];
  const cell = (table: string, peer: string) => {
    const row = rows.find(({ data, peer: name }) => data === table && name === peer);
    if (row === undefined) return '–';
    return row.score === null ? 'failed' : row.score.toFixed(4);
  };
  const cells = tables.map((table) => [table, ...peers.map((peer) => cell(table, peer))]);
  return textTable(['table', ...peers], cells, peers);
}

/** Against ours, and whether it reaches its target, where it is among them. */
function printStandings(
  rows: readonly Measurement[],
  peers: readonly string[],
  { ours, target }: { readonly ours: string | undefined; readonly target: Target },
): string {
  const { tables, standings: all } = standings(rows, peers, ours ?? '');
  const header = ['peer', 'mean rank', 'mean normalised score', 'ours is better, equal, worse'];
  const cells = all
    .toSorted((a, b) => a.meanRank - b.meanRank)
    .map(({ peer, meanRank, meanNormalised, below, equal, above }) => [
      peer,
      meanRank.toFixed(2),
      meanNormalised.toFixed(3),
      ours === undefined || peer === ours ? '–' : `${below}, ${equal}, ${above}`,
    ]);
  const own = all.find(({ peer }) => peer === ours);
  const others = all.filter(({ peer }) => peer !== ours);
  const count = `${tables.length} ${tables.length === 1 ? 'table' : 'tables'}`;
  return [
    textTable(header, cells, header.slice(1)),
    `Over ${count}. Rank 1 is the best. Normalised: 0 is the worst of a table, 1 the best.`,
    ...(own && others.length > 0 ? [`Target: ${target.asks}: ${verdict(target.holds(own, others))}`] : []),
  ].join('\n');
}

function betterThan(ours: string, rows: readonly Measurement[]): string[] {
  return rows.flatMap(({ data, peer, score }) => {
    const own = rows.find((row) => row.data === data && row.peer === ours)?.score;
    if (score === null || typeof own !== 'number' || score - own <= NOTABLE) return [];
    return [`${data}, ${peer}: by ${(score - own).toFixed(4)}`];
  });
}

const list = (title: string, lines: readonly string[]) =>
  lines.length === 0 ? [] : [[title, ...lines.map((line) => `  ${line}`)].join('\n')];
