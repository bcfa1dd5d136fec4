import {
  type ClassExplanation,
  type ClassPredictor,
  formatExact,
  formatShare,
  rankedClasses,
} from '../../../ml/serving.ts';
import { levelTitle } from './level-title.ts';
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
  /** Whether bars have a mark at the share of their class among the training rows. */
  readonly hasShares: boolean;
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
  /** Whether the record could be of it; undefined where the release does not know. */
  readonly isPossible?: boolean | undefined;
  /** How many in a hundred training rows are of it; undefined of several classes together, and where the release does not know. */
  readonly usual?: number | undefined;
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
  { features, target, manifest }: Pick<ClassPredictor, 'features' | 'target' | 'manifest'>,
): ClassOutcome {
  const { prediction, probabilities, set, of, outside } = explanation;
  const { shares } = manifest.data;
  const titleOf = (level: string) => levelTitle(target, level);
  const text = titleOf(prediction);
  return {
    kind: 'class',
    text,
    size: text.length <= 9 ? 'short' : text.length <= 18 ? 'long' : 'longer',
    probabilities: barsOf(explanation, {
      titleOf,
      usualOf: (level) => shares?.[target.levels.indexOf(level)],
    }),
    hasShares: shares !== undefined,
    set: set === null ? undefined : setInWords(set, prediction, titleOf),
    reasons: reasonsOf(explanation, { features, record, wording: oddsWording(titleOf(of)) }),
    outside: outsideInWords(outside),
    of: probabilities,
  };
}

interface Known {
  titleOf(level: string): string;
  /** The share of a class among the training rows. */
  usualOf(level: string): number | undefined;
}

function barsOf(explanation: ClassExplanation, { titleOf, usualOf }: Known): ProbabilityBar[] {
  const { shown, others } = rankedClasses(explanation, MOST_SHOWN);
  const { set } = explanation;
  const bars = shown.map(([level, probability]): ProbabilityBar => {
    const usual = usualOf(level);
    return {
      ...barOf(titleOf(level), probability),
      ...(set && { isPossible: set.includes(level) }),
      ...(usual !== undefined && { usual: 100 * usual }),
    };
  });
  return others ? [...bars, barOf(`The ${formatExact(others.count)} others together`, others.probability)] : bars;
}

const barOf = (label: string, probability: number): ProbabilityBar => ({
  label,
  share: formatShare(probability),
  width: Math.min(100, 100 * probability),
});

function setInWords(set: readonly string[], prediction: string, titleOf: (level: string) => string): ClassSet {
  const names = set.slice(0, MOST_IN_SET).map(titleOf);
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
    doubt: set.length === 0 || isPredicted ? undefined : unusualOf(titleOf(prediction)),
  };
}
