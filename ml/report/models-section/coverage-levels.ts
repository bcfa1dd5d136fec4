import { meanOf } from '../../core/moments.ts';
import { createRandom, scrambled } from '../../core/random.ts';
import { columnOf, weightsOf } from '../../data/table.ts';
import { sampleRows } from '../../explain/sample-rows.ts';
import { type HeldOutNumbers, holdsTruth } from '../card/held-out.ts';
import type { ReportedNumbers } from '../reported-model.ts';

/** How often intervals hold the truth that are to hold a share of it. */
interface CoverageLevel {
  /** The share that is promised, and that of the held-out rows. */
  readonly nominal: number;
  readonly actual: number;
  /** Of the actual one, as chance has it. */
  readonly standardError: number;
  /** How wide intervals are on average, in the target's unit. */
  readonly width: number;
}

export interface CoverageLevels {
  /** On how many held-out rows it was measured: all, or some drawn at random. */
  readonly rows: number;
  readonly levels: readonly CoverageLevel[];
}

const NOMINAL = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];
/** They say a share of 90 % within 1.3 %. */
const MOST_ROWS = 2000;

/** Of each share that there are enough residuals for; undefined where the release has no intervals. */
export function coverageLevels(
  model: ReportedNumbers,
  { table, declaration, boundsOf: boundsOfAll }: HeldOutNumbers,
): CoverageLevels | undefined {
  const sample = sampleRows(table, MOST_ROWS, createRandom(scrambled(model.manifest.seed)));
  const boundsOf = sample === table ? boundsOfAll : model.predicted(sample).boundsOf;
  const truth = columnOf(sample, declaration.target);
  const weights = weightsOf(sample, declaration);
  const levels = NOMINAL.flatMap((nominal): CoverageLevel[] => {
    const bounds = boundsOf(nominal);
    if (!bounds) return [];
    const actual = meanOf(holdsTruth(truth, bounds), weights);
    return [
      {
        nominal,
        actual,
        standardError: Math.sqrt((actual * (1 - actual)) / sample.rows),
        width: meanOf(
          bounds.high.map((high, i) => high - (bounds.low[i] as number)),
          weights,
        ),
      },
    ];
  });
  return levels.length > 0 ? { rows: sample.rows, levels } : undefined;
}
