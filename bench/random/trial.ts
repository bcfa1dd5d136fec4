// A problem put to both sides, as often as it takes to tell whether they agree.

import { askOurs, type References, type Reply } from './ask.ts';
import { familyOf, isExact } from './families.ts';
import { judgeEach, judgeMeans } from './judge.ts';
import { meanScoreOf } from './mean-score.ts';
import { withRoundingMoved } from './moved-rounding.ts';
import type { Problem } from './problem.ts';
import type { Verdict } from './verdict.ts';

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
  const { tieSeeds } = familyOf(problem);
  const asked = references.ask(problem, { from: 0, to: tieSeeds });
  const ours = askOurs(problem, { from: 0, to: 1 });
  const theirs = await asked;
  const verdict = judgeEach(problem, ours, theirs);
  if (verdict.how !== 'predictions') return { problem, verdict, ours, theirs };
  const surely = judgeEach(problem, ours, theirs, await otherAnswers(problem, references));
  if (surely.kind === 'disagreed') return { problem, verdict: surely, ours, theirs };
  return {
    problem,
    verdict: { ...verdict, kind: 'left_out', why: `a tie, or rounding: ${verdict.why}` },
    ours,
    theirs,
  };
}

/** How often rounding is moved: where it decides one way or the other, so many agree by chance once in 65,536 times. */
const MOVES = 16;

/** What the reference answers too, where ties and rounding fall otherwise. */
export async function otherAnswers(problem: Problem, references: References): Promise<Reply[]> {
  const { tieSeeds } = familyOf(problem);
  const others: Reply[] = [];
  if (tieSeeds > 1) others.push(await references.ask(problem, { from: tieSeeds, to: TIE_SEEDS }));
  for (let move = 0; move < MOVES; move++)
    others.push(await references.ask(withRoundingMoved(problem, move), { from: 0, to: tieSeeds }));
  return others;
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
    // Few seeds hardly tell how much they vary: what seems to disagree is asked again, too.
  } while ((verdict.undecided || verdict.how === 'mean score') && to <= SEEDS.most);
  const centred = centredOf(problem);
  if (verdict.how === 'mean score' && centred) {
    const without = await references.ask(centred, { from: 0, to: from });
    if (judgeMeans(problem, ours, meanScoreOf(centred, without)).kind === 'agreed')
      verdict = { ...verdict, kind: 'left_out', why: `the reference’s rounding: ${verdict.why}` };
  }
  // How often rounding decides one way or the other hangs on the order of sums: what it does not decide is compared.
  if (verdict.how === 'mean score' && familyOf(problem).roundingBySeed)
    if (judgeEach(problem, ours, theirs).kind !== 'disagreed')
      verdict = { ...verdict, kind: 'left_out', why: `rounding decides: ${verdict.why}` };
  return { problem, verdict, ours, theirs };
}

/**
 * The same problem with targets around 0, where those of a tree may be anywhere: squares of targets far from 0, which the
 * reference adds, leave few digits to the differences between them.
 */
function centredOf(problem: Problem): Problem | undefined {
  const { model, params, y, holdoutY, classes } = problem;
  const isTree = ['decision_tree', 'random_forest', 'extra_trees', 'gradient_boosting', 'adaboost'].includes(model);
  if (!isTree || classes !== undefined || params.criterion === 'poisson') return undefined;
  const middle = y[0] as number;
  const less = (value: number) => value - middle;
  return { ...problem, y: y.map(less), holdoutY: holdoutY.map(less) };
}

function joined(before: Reply, after: Reply): Reply {
  if (before.predictions === undefined) return before;
  if (after.predictions === undefined) return after;
  return { predictions: [...before.predictions, ...after.predictions] };
}
