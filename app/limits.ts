import { type FeatureColumn, featureKindOf, type Predictor } from '../ml/serving.ts';

// What is small in any case, so that a mistake is told rather than a size.
const SMALL = 16 * 1024;
const BATCH = 1024 * 1024;
const EXPLAINED = BATCH / 4;
/** An answer of so many bytes a record is as long as that of a number may be; longer ones are for fewer records. */
const ANSWER = 600;
/** Of a probability, with what separates it from the next. */
const PROBABILITY_LENGTH = 24;
// Caddy reads up to 2 MB (infra/host/etc/caddy/Caddyfile).
const LARGEST = 1_900_000;
/** As long as anybody writes a number or a date. */
const NUMBER_LENGTH = 100;
/** As long as a text may be of which a column takes any. */
const ANY_TEXT_LENGTH = 1000;
/** Fields that the form does not have, and is to tell of. */
const SPARE_FIELDS = 100;

/** How much of a request is read, in bytes; what the declaration allows always fits, up to what the proxy takes. */
export interface Limits {
  /** Of the JSON of one record. */
  readonly record: number;
  /** Of an array of records. */
  readonly batch: number;
  /** Of an array of records that are to be explained: an answer to each is several times as long. */
  readonly explained: number;
  /** Of the form, encoded as browsers do. */
  readonly form: number;
  /** How many values the form sends: of a numeric field two, its number and whether it is not known. */
  readonly formFields: number;
}

export function limitsOf({ features, target }: Pick<Predictor, 'features' | 'target'>): Limits {
  // Twice the longest record: there may be spaces, and values that are to be refused by name.
  const bytes = (longest: (column: FeatureColumn) => number) =>
    Math.min(LARGEST, Math.max(SMALL, 2 * features.reduce((sum, column) => sum + longest(column), 0)));
  // Of many classes each record is answered with as many probabilities.
  const share = Math.min(1, ANSWER / probabilitiesLength(target));
  const record = bytes((column) => asciiJsonLength(column.name) + longestValue(column, asciiJsonLength) + 2);
  return {
    record,
    batch: Math.max(Math.floor(share * BATCH), record),
    explained: Math.max(Math.floor(share * EXPLAINED), record),
    form: bytes((column) => 2 * (formLength(column.name) + longestValue(column, formLength) + 2)),
    formFields: 2 * features.length + SPARE_FIELDS,
  };
}

function longestValue(column: FeatureColumn, lengthOf: (text: string) => number): number {
  const { levels, unlisted } = featureKindOf(column);
  if (!levels) return NUMBER_LENGTH;
  const shortest = unlisted ? ANY_TEXT_LENGTH : 0;
  return levels.reduce((longest, level) => Math.max(longest, lengthOf(level)), shortest);
}

/** The length of JSON in which everything but ASCII is escaped, its longest form. */
function asciiJsonLength(text: string): number {
  return JSON.stringify(text).replaceAll(/[^ -~]/g, '\\u0000').length;
}

function formLength(text: string): number {
  return new URLSearchParams({ '': text }).toString().length;
}

/** How long the probabilities of an answer are. */
function probabilitiesLength(target: Predictor['target']): number {
  if (!('levels' in target)) return 0;
  return target.levels.reduce((sum, level) => sum + asciiJsonLength(level) + PROBABILITY_LENGTH, 0);
}
