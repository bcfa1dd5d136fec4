import {
  type ClassExplanation,
  type ClassPrediction,
  type ClassPredictor,
  formatExact,
  formatShare,
  rankedClasses,
} from '../../../ml/serving.ts';
import { outsideInWords } from './outside.ts';
import { oddsWording, type Reasons, reasonsOf } from './reasons.ts';

/** So many probabilities can be taken in at a glance; the others are summed. */
const MOST_SHOWN = 10;
const MOST_IN_SET = 10;

const NONE_IS_LIKELY = 'None of the classes is likely: nine in ten records of each are predicted more surely';
const unusualOf = (level: string) => `Nine in ten records of the class ${level} are predicted more surely.`;

/** The class of a record as the page shows it. */
export interface ClassOutcome {
  readonly kind: 'class';
  readonly text: string;
  /** How large it can be written. */
  readonly size: 'short' | 'long' | 'longer';
  /** The most probable first. */
  readonly probabilities: readonly ProbabilityBar[];
  /** What it could be: of nine in ten records the class is named in it; undefined where the release does not know. */
  readonly set: ClassSet | undefined;
  readonly reasons: Reasons | undefined;
  /** What of the record the model has not learned from, a sentence each. */
  readonly outside: readonly string[];
  /** How probable each class is. */
  readonly of: Readonly<Record<string, number>>;
}

interface ProbabilityBar {
  readonly label: string;
  /** "92 %". */
  readonly share: string;
  /** From 0 to 100. */
  readonly width: number;
}

/** A prediction set in words: "It could be", "no", " or ", "yes". Without names it is the lead alone. */
interface ClassSet {
  readonly lead: string;
  readonly names: readonly string[];
  /** How many more there are. */
  readonly others: string | undefined;
  /** A sentence more, where the predicted class is not among them. */
  readonly doubt: string | undefined;
}

export function classOutcomeOf(
  explanation: ClassExplanation,
  record: Readonly<Record<string, unknown>>,
  { features }: ClassPredictor,
): ClassOutcome {
  const { prediction, probabilities, set, of, outside } = explanation;
  return {
    kind: 'class',
    text: prediction,
    size: prediction.length <= 9 ? 'short' : prediction.length <= 18 ? 'long' : 'longer',
    probabilities: barsOf(explanation),
    set: set === null ? undefined : setInWords(set, prediction),
    reasons: reasonsOf(explanation, { features, record, wording: oddsWording(of) }),
    outside: outsideInWords(outside),
    of: probabilities,
  };
}

function barsOf(prediction: ClassPrediction): ProbabilityBar[] {
  const { shown, others } = rankedClasses(prediction, MOST_SHOWN);
  const bars = shown.map(([level, probability]) => barOf(level, probability));
  return others ? [...bars, barOf(`The ${formatExact(others.count)} others together`, others.probability)] : bars;
}

const barOf = (label: string, probability: number): ProbabilityBar => ({
  label,
  share: formatShare(probability),
  width: Math.min(100, 100 * probability),
});

function setInWords(set: readonly string[], prediction: string): ClassSet {
  const names = set.slice(0, MOST_IN_SET);
  const left = set.length - names.length;
  const isPredicted = set.includes(prediction);
  return {
    lead:
      set.length === 0
        ? NONE_IS_LIKELY
        : set.length === 1 && isPredicted
          ? 'The model is sure enough of:'
          : 'It could be',
    names,
    others: left > 0 ? `${formatExact(left)} more` : undefined,
    doubt: set.length === 0 || isPredicted ? undefined : unusualOf(prediction),
  };
}
