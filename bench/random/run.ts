import { MeasurementError } from '../measurement-error.ts';
import { findPeers, startPeers } from '../peers/python.ts';
import { chosen } from '../table.ts';
import { References } from './ask.ts';
import { drawProblem } from './draw-problem.ts';
import { familyNames, isExact } from './families.ts';
import type { Problem } from './problem.ts';
import { type Disagreement, disagreementOf, type FamilyRow, printDisagreement } from './report.ts';
import { shrink } from './shrink.ts';
import { type Trial, tryProblem } from './trial.ts';

export interface RandomOptions {
  /** How many problems for each family. */
  readonly random: number;
  readonly seed: number;
  readonly only?: string | undefined;
  readonly python?: string | undefined;
}

export interface RandomResult {
  /** Of the references, by their names. */
  readonly versions: Readonly<Record<string, string>>;
  readonly families: readonly FamilyRow[];
  readonly leftOut: readonly LeftOut[];
  readonly disagreements: readonly Disagreement[];
}

/**
 * Asks both sides of random problems, and prints those on which they disagree as they are found.
 *
 * @throws ParamError where an option is wrong. @throws MeasurementError where there are no references.
 */
export async function runRandom({ random, seed, only, python }: RandomOptions): Promise<RandomResult> {
  const models = chosen(
    familyNames.map((work) => ({ work })),
    only,
  );
  const peers = findPeers(python);
  if (typeof peers === 'string') throw new MeasurementError(`random problems need the references, and ${peers}`);
  const references = new References(() => startPeers(peers));
  const families: FamilyRow[] = [];
  const leftOut: LeftOut[] = [];
  const disagreements: Disagreement[] = [];
  try {
    for (const { work } of models) {
      const family = await tryFamily(work, { problems: random, seed }, references);
      families.push(family.row);
      leftOut.push(...family.leftOut);
      disagreements.push(...family.disagreements);
      for (const found of family.disagreements) console.log(`${printDisagreement(found)}\n`);
    }
  } finally {
    references.close();
  }
  return { versions: peers.versions, families, leftOut, disagreements };
}

async function tryFamily(
  family: string,
  { problems, seed }: { problems: number; seed: number },
  references: References,
): Promise<{ row: FamilyRow; leftOut: LeftOut[]; disagreements: Disagreement[] }> {
  const counts = { agreed: 0, left_out: 0, disagreed: 0 };
  const leftOut: LeftOut[] = [];
  const disagreements: Disagreement[] = [];
  const largest: { largest: number | null; largest_score: number | null } = { largest: null, largest_score: null };
  for (let index = 0; index < problems; index++) {
    const problem = drawProblem(family, seed, index);
    const trial = await tryProblem(problem, references);
    const { kind, difference, why = '' } = trial.verdict;
    counts[kind] += 1;
    const name = isExact(problem) ? 'largest' : 'largest_score';
    if (kind === 'agreed') largest[name] = Math.max(largest[name] ?? 0, difference);
    if (kind === 'left_out') leftOut.push({ family, index, why });
    if (kind === 'disagreed')
      disagreements.push(disagreementOf(await shrunk(trial, references), { seed, index, problem }));
    if ((index + 1) % 25 === 0 || index + 1 === problems)
      console.error(`  ${family}: ${index + 1} of ${problems}, ${counts.disagreed} disagree`);
  }
  return { row: { family, problems, ...counts, ...largest }, leftOut, disagreements };
}

/** A problem of which nothing could be compared, and why. */
interface LeftOut {
  readonly family: string;
  readonly index: number;
  readonly why: string;
}

/** How many smaller problems are tried: where means are compared, each takes many fits. */
const TRIES = { each: 400, means: 40 };

async function shrunk(trial: Trial, references: References): Promise<Trial> {
  let smallest = trial;
  const shows = async (problem: Problem) => {
    if (isExact(problem) !== isExact(trial.problem)) return false;
    const smaller = await tryProblem(problem, references);
    const { kind, how } = smaller.verdict;
    if (kind !== 'disagreed' || how !== trial.verdict.how) return false;
    smallest = smaller;
    return true;
  };
  await shrink(trial.problem, shows, isExact(trial.problem) ? TRIES.each : TRIES.means);
  return smallest;
}
