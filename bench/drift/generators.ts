import { upperBound } from '../../ml/core/binary-search.ts';
import type { RandomStream } from '../../ml/core/random-stream.ts';
import type { FeatureColumn } from '../../ml/data/declaration.ts';

/** A column of rows that are drawn independently. */
export interface Generator {
  readonly name: string;
  readonly column: (name: string) => FeatureColumn;
  /** A value as a table holds it: NaN where it is missing. */
  readonly draw: (random: RandomStream) => number;
}

const number = (name: string): FeatureColumn => ({ name, title: name, kind: 'numeric' });
const category =
  (levels: number) =>
  (name: string): FeatureColumn => ({
    name,
    title: name,
    kind: 'categorical',
    levels: Array.from({ length: levels }, (_, i) => `level ${i}`),
  });

/** Levels of which the most frequent has a share like 1, the next like 1/2, and so on. */
function zipf(levels: number): (random: RandomStream) => number {
  const upTo = new Float64Array(levels);
  let total = 0;
  for (let level = 0; level < levels; level++) {
    total += 1 / (level + 1);
    upTo[level] = total;
  }
  return (random) => Math.min(levels - 1, upperBound(upTo, random.uniform() * total));
}

/** A generator with some of its values missing. */
function lacking(share: number, { name, column, draw }: Generator): Generator {
  return {
    name: `${name}, ${100 * share} % missing`,
    column,
    draw: (random) => (random.uniform() < share ? Number.NaN : draw(random)),
  };
}

const normal: Generator = { name: 'normal', column: number, draw: (random) => random.normal() };
const equalLevels: Generator = { name: 'five equal levels', column: category(5), draw: (random) => random.below(5) };

/** Columns as tables have them: continuous, with ties, with heavy tails, of few and many levels, with values missing. */
export const generators: readonly Generator[] = [
  normal,
  { name: 'heavy tails', column: number, draw: (random) => random.normal() / (random.normal() || 1) },
  { name: 'skewed', column: number, draw: (random) => Math.exp(2 * random.normal()) },
  { name: 'whole numbers from 0 to 9', column: number, draw: (random) => random.below(10) },
  {
    name: 'seven of ten zero',
    column: number,
    draw: (random) => (random.uniform() < 0.7 ? 0 : Math.exp(random.normal())),
  },
  { name: 'yes in one of fifty', column: number, draw: (random) => (random.uniform() < 0.02 ? 1 : 0) },
  { name: 'constant', column: number, draw: () => 1 },
  equalLevels,
  { name: 'two levels, one rare', column: category(2), draw: (random) => (random.uniform() < 0.01 ? 1 : 0) },
  { name: 'fifty levels', column: category(50), draw: zipf(50) },
  { name: 'a thousand levels', column: category(1000), draw: zipf(1000) },
  lacking(0.1, normal),
  lacking(0.005, equalLevels),
];
