/** Of a level that is compared by itself, so many rows are expected in the smaller sample. */
const FEWEST_EXPECTED = 5;

/**
 * How many rows of two samples have each level, those together that are too rare to be compared one by one, new ones among them.
 *
 * @param first by level; sums of weights, scaled to the effective size of the sample
 */
export function poolRareLevels(
  first: ReadonlyMap<string, number>,
  second: ReadonlyMap<string, number>,
): readonly [first: Float64Array, second: Float64Array] {
  const [m, n] = [totalOf(first), totalOf(second)];
  const isRare = (level: string) =>
    (Math.min(m, n) * ((first.get(level) ?? 0) + (second.get(level) ?? 0))) / (m + n) < FEWEST_EXPECTED;
  const levels = [...new Set([...first.keys(), ...second.keys()])];
  const rare = levels.filter(isRare);
  const frequent = levels.filter((level) => !isRare(level));
  const counted = (counts: ReadonlyMap<string, number>) => {
    const each = frequent.map((level) => counts.get(level) ?? 0);
    const rest = rare.reduce((sum, level) => sum + (counts.get(level) ?? 0), 0);
    return Float64Array.from(rare.length === 0 ? each : [...each, rest]);
  };
  return [counted(first), counted(second)];
}

const totalOf = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0);
