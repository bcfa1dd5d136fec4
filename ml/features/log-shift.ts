import { medianOf } from '../core/median.ts';
import { momentsOf } from '../core/moments.ts';

/** What is added before the logarithm, as shares of the median. */
const SHARES = [0, 0.001, 0.01, 0.03, 0.1, 0.3, 1];
/** The skewness of an exponential distribution is 2, of a normal one 0. */
const SKEWED = 1;
/** The logarithm must leave so little of it. */
const LEFT = 0.5;
/** Values that are looked at. */
const SAMPLE = 50_000;

/**
 * What to add to numbers before their logarithm is taken, so that it is the least skewed; null where they are not skewed to the
 * right, some are below 0, or the logarithm is hardly less skewed.
 */
export function logShift(values: Float64Array, weights: Float64Array | undefined): number | null {
  const counts = (value: number, i: number) => !Number.isNaN(value) && weights?.[i] !== 0;
  const lowest = values.reduce((low, value, i) => (counts(value, i) && value < low ? value : low), Infinity);
  if (lowest < 0) return null;
  const step = Math.ceil(values.length / SAMPLE);
  const isLooked = (value: number, i: number) => i % step === 0 && counts(value, i);
  const known = values.filter(isLooked);
  const ofKnown = weights?.filter((_, i) => isLooked(values[i] as number, i));
  if (known.length < 3) return null;
  const skewness = skewnessOf(known, ofKnown);
  if (!(skewness > SKEWED)) return null;
  const positive = (value: number) => value > 0;
  const median = medianOf(
    known.filter(positive),
    ofKnown?.filter((_, i) => positive(known[i] as number)),
  );
  const tried = SHARES.map((share) => share * median)
    .filter((shift) => lowest + shift > 0 && known.every((value) => Number.isFinite(value + shift)))
    .map((shift) => ({
      shift,
      skewness: Math.abs(
        skewnessOf(
          known.map((value) => Math.log(value + shift)),
          ofKnown,
        ),
      ),
    }));
  const [best] = tried.sort((a, b) => a.skewness - b.skewness);
  return best && best.skewness < LEFT * skewness ? best.shift : null;
}

/** The third standardised moment; 0 of a constant. */
function skewnessOf(values: Float64Array, weights: Float64Array | undefined): number {
  const { mean, deviation } = momentsOf(values, weights);
  if (deviation === 0) return 0;
  let total = 0;
  let cubes = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights?.[i] ?? 1;
    total += weight;
    cubes += weight * (((values[i] as number) - mean) / deviation) ** 3;
  }
  return cubes / total;
}
