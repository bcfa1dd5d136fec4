// Makes students.csv: node data/student-performance/generate.ts > data/student-performance/students.csv
//
// Every number below is a published statistic of "Students Performance in Exams" (see README.md):
// the shares of each level, and a linear model of each score with correlated residuals.

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const ROWS = 1000;
const SEED = 1;

type Triple = readonly [maths: number, reading: number, writing: number];

interface Level {
  readonly level: string;
  readonly share: number;
  /** What it adds to the three scores. */
  readonly effect: Triple;
}

const columns: Readonly<Record<string, readonly Level[]>> = {
  gender: [
    { level: 'female', share: 0.518, effect: [0, 0, 0] },
    { level: 'male', share: 0.482, effect: [5.0, -7.07, -9.1] },
  ],
  race_ethnicity: [
    { level: 'group A', share: 0.089, effect: [0, 0, 0] },
    { level: 'group B', share: 0.19, effect: [2.04, 1.33, 1.22] },
    { level: 'group C', share: 0.319, effect: [2.47, 2.27, 2.41] },
    { level: 'group D', share: 0.262, effect: [5.34, 4.11, 5.93] },
    { level: 'group E', share: 0.14, effect: [10.13, 5.51, 5.14] },
  ],
  parental_level_of_education: [
    { level: 'some high school', share: 0.179, effect: [-4.25, -4.05, -5.32] },
    { level: 'high school', share: 0.196, effect: [-4.8, -4.9, -5.81] },
    { level: 'some college', share: 0.226, effect: [-0.58, -1.28, -0.92] },
    { level: "associate's degree", share: 0.222, effect: [0, 0, 0] },
    { level: "bachelor's degree", share: 0.118, effect: [1.97, 2.16, 3.48] },
    { level: "master's degree", share: 0.059, effect: [2.89, 4.21, 5.18] },
  ],
  lunch: [
    { level: 'free/reduced', share: 0.355, effect: [0, 0, 0] },
    { level: 'standard', share: 0.645, effect: [10.88, 7.25, 8.2] },
  ],
  test_preparation_course: [
    { level: 'none', share: 0.642, effect: [-5.49, -7.36, -10.06] },
    { level: 'completed', share: 0.358, effect: [0, 0, 0] },
  ],
};

const intercept: Triple = [57.63, 71.28, 71.91];
const residualDeviation: Triple = [13.08, 12.83, 12.39];
const residualCorrelation = { mathsReading: 0.889, mathsWriting: 0.91, readingWriting: 0.949 };

const generator = xoroshiro128plus(SEED);

/** A standard normal number (Box and Muller, 1958). */
function normal(): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(generator)));
  return radius * Math.cos(2 * Math.PI * uniformFloat64(generator));
}

/** Three normal numbers with the residuals' correlations: the rows of their Cholesky factor. */
function residuals(): Triple {
  const { mathsReading: mr, mathsWriting: mw, readingWriting: rw } = residualCorrelation;
  const readingOwn = Math.sqrt(1 - mr * mr);
  const writingOnReading = (rw - mr * mw) / readingOwn;
  const writingOwn = Math.sqrt(1 - mw * mw - writingOnReading * writingOnReading);
  const [a, b, c] = [normal(), normal(), normal()];
  return [a, mr * a + readingOwn * b, mw * a + writingOnReading * b + writingOwn * c];
}

/** One level a row, in exactly the published shares, in random order. */
function shuffledLevels(levels: readonly Level[]): Level[] {
  const rows = levels.flatMap((level) => Array.from({ length: Math.round(level.share * ROWS) }, () => level));
  for (let i = rows.length - 1; i > 0; i--) {
    const j = uniformInt(generator, 0, i);
    [rows[i], rows[j]] = [rows[j] as Level, rows[i] as Level];
  }
  return rows;
}

const assigned = Object.values(columns).map(shuffledLevels);
console.log([...Object.keys(columns), 'math_score', 'reading_score', 'writing_score'].join(','));
for (let row = 0; row < ROWS; row++) {
  const levels = assigned.map((column) => column[row] as Level);
  const noise = residuals();
  const scores = intercept.map((start, subject) => {
    const mean = levels.reduce((sum, { effect }) => sum + (effect[subject] as number), start);
    const score = mean + (residualDeviation[subject] as number) * (noise[subject] as number);
    return Math.min(100, Math.max(0, Math.round(score)));
  });
  console.log([...levels.map(({ level }) => level), ...scores].join(','));
}
