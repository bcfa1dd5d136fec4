import type { Graph } from './graph.ts';
import type { Scores } from './scores.ts';

/**
 * Sums of several outputs that are made probabilities tell classes apart, whatever operator made the sums. Their names are then those
 * that the model chooses from when it says a class.
 */
export function withClasses(scores: Scores, { nodes, initializers }: Graph): Scores {
  const outputs = scores.bases.length;
  if (scores.predicts === 'classes' || outputs === 1 || scores.link === 'identity' || scores.link === 'exp')
    return scores;
  const chosen = nodes
    .filter(({ operator }) => operator === 'ArrayFeatureExtractor')
    .map(({ inputs }) => initializers.get(inputs[0] ?? ''))
    .map((names) => (names?.type === 'string' ? names.texts : names?.numbers.map(String)))
    .find((names) => names?.length === outputs);
  return { ...scores, predicts: 'classes', classes: chosen ?? null };
}

/**
 * Two classes whose sums are each other's negatives, of which each is turned into a probability by itself, are one sum: that of the
 * second class.
 */
export function asOneOutput(scores: Scores): Scores {
  const { body, bases, link, predicts } = scores;
  if (predicts !== 'classes' || bases.length !== 2 || (link !== 'logistic' && link !== 'one-vs-all')) return scores;
  const weights = body.is === 'columns' ? body.weights : [];
  const isNegated = weights.length > 0 && weights.every((weight, at) => at % 2 === 1 || weight === -weights[at + 1]!);
  if (body.is !== 'columns' || !isNegated || bases[0] !== -bases[1]!) return { ...scores, link: 'one-vs-all' };
  const second = weights.filter((_, at) => at % 2 === 1);
  return { ...scores, body: { ...body, weights: second }, bases: bases.slice(1), link: 'logistic' };
}
