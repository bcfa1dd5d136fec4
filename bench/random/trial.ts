// A problem put to both sides, as often as it takes to tell whether they agree.

import { askOurs, type References, type Reply } from './ask.ts';
import { familyOf, isExact } from './families.ts';
import { judgeEach, judgeMeans, type Verdict } from './judge.ts';
import type { Problem } from './problem.ts';
import { streamOf } from './streams.ts';

/** Seeds for a mean at first, and where that is not enough. */
const SEEDS = { first: 12, most: 96 };

/** Seeds by which ties are told where both sides disagree: of five columns that tie, one is drawn by any of six in four cases only. */
const TIE_SEEDS = 100;

/** What came of a problem, and what both sides said of it. */
export interface Trial {
  readonly problem: Problem;
  readonly verdict: Verdict;
  readonly ours: Reply;
  readonly theirs: Reply;
}

export async function tryProblem(problem: Problem, references: References): Promise<Trial> {
  return isExact(problem) ? tryEach(problem, references) : tryMeans(problem, references);
}

async function tryEach(problem: Problem, references: References): Promise<Trial> {
  // The reference works on it meanwhile.
  const { tieSeeds } = familyOf(problem.model);
  const asked = references.ask(problem, { from: 0, to: tieSeeds });
  const ours = askOurs(problem, { from: 0, to: 1 });
  const theirs = await asked;
  const verdict = judgeEach(problem, ours, theirs);
  if (verdict.how !== 'predictions') return { problem, verdict, ours, theirs };
  const others: Reply[] = [];
  if (tieSeeds > 1) others.push(await references.ask(problem, { from: tieSeeds, to: TIE_SEEDS }));
  for (const other of withRoundingMoved(problem))
    others.push(await references.ask(other, { from: 0, to: 4 * tieSeeds }));
  const surely = judgeEach(problem, ours, theirs, others);
  if (surely.kind === 'disagreed') return { problem, verdict: surely, ours, theirs };
  return { problem, verdict: { ...verdict, kind: 'tied', why: `a tie, or rounding: ${verdict.why}` }, ours, theirs };
}

/** A few of the same problem, whose targets (and columns, where they are multiplied) differ in the last digits. */
function withRoundingMoved(problem: Problem): Problem[] {
  const { rounding } = familyOf(problem.model);
  const size = rounding > 1e-8 ? 2 ** -22 : 2 ** -50;
  const isLinear = ['linear', 'ridge', 'lasso', 'elastic_net'].includes(problem.model);
  return [0, 1, 2, 3].map((seed) => {
    const random = streamOf('rounding', seed);
    const moved = (value: number) => value * (1 + size * (random.below(3) - 1));
    const { x, y } = problem;
    return { ...problem, x: isLinear ? { ...x, data: x.data.map(moved) } : x, y: y.map(moved) };
  });
}

async function tryMeans(problem: Problem, references: References): Promise<Trial> {
  let [ours, theirs]: [Reply, Reply] = [{ predictions: [] }, { predictions: [] }];
  let verdict: Verdict;
  let [from, to] = [0, SEEDS.first];
  do {
    const asked = references.ask(problem, { from, to });
    ours = joined(ours, askOurs(problem, { from, to }));
    theirs = joined(theirs, await asked);
    verdict = judgeMeans(problem, ours, theirs);
    [from, to] = [to, 2 * to];
  } while (verdict.undecided && to <= SEEDS.most);
  return { problem, verdict, ours, theirs };
}

function joined(before: Reply, after: Reply): Reply {
  if (before.predictions === undefined) return before;
  if (after.predictions === undefined) return after;
  return { predictions: [...before.predictions, ...after.predictions] };
}
