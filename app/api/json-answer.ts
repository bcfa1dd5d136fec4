import { type ClassPrediction, numberFrom, type Predictor, refuseNotFinite } from '../../ml/serving.ts';
import { HttpError } from '../http-errors.ts';
import type { Tally } from './tally.ts';

/** A body as it came. */
export interface Body {
  readonly bytes: Uint8Array;
  /** As Content-Type names it. */
  readonly charset: string;
}

/** A body, and what is asked of its records. */
export interface JsonQuestion {
  readonly body: Body;
  /** Whether predictions are to be explained. */
  readonly isExplained: boolean;
}

/** What is answered, as JSON. */
export interface JsonAnswer {
  readonly text: string;
  readonly tally: Tally;
}

/** A text and the value that it is of. */
export interface ParsedJson {
  readonly text: string;
  readonly json: unknown;
}

/** What a text has where JSON.parse could read a number as another one. */
const LONG_NUMBER = /\d{16}|e-\d{3}/i;
/** Of what nearly everybody sends; it is made once. */
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * A number that would be read as another one is NaN, which JSON has no other way to say.
 *
 * @throws HttpError where a body is not text of its character set, or no JSON.
 */
export function parseBody({ bytes, charset }: Body): ParsedJson {
  return parseJson(decode(bytes, charset));
}

/** @param what it is, for the message. @throws HttpError where it is no JSON. */
export function parseJson(text: string, what = 'body'): ParsedJson {
  try {
    return { text, json: LONG_NUMBER.test(text) ? JSON.parse(text, losing) : JSON.parse(text) };
  } catch (error) {
    throw new HttpError(`The ${what} is not valid JSON.`, { problem: 'invalid-json', cause: error });
  }
}

function losing(_: string, value: unknown, { source }: { source?: string } = {}): unknown {
  if (typeof value !== 'number' || source === undefined || !Number.isFinite(value)) return value;
  return numberFrom(source) ?? Number.NaN;
}

/** @throws HttpError where it is not text of that character set, or nobody knows that. */
export function decode(bytes: Uint8Array, charset: string): string {
  try {
    const decoder = charset === 'utf-8' ? utf8 : new TextDecoder(charset, { fatal: true });
    return decoder.decode(bytes);
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new HttpError('The character set of the body is not supported.', {
        problem: 'unsupported-media-type',
        cause,
      });
    throw new HttpError('The body is not text in the character set that it is said to have.', {
      problem: 'invalid-json',
      cause,
    });
  }
}

/**
 * What is predicted of a record, or of each record of an array, as JSON.
 *
 * @param isExplained whether each prediction comes with how sure it is, what it is made of, and what was not learned from
 * @throws DataError where a record does not fit the declaration. @throws HttpError where one has a field twice.
 */
export function jsonAnswer(predictor: Predictor, { text, json }: ParsedJson, isExplained = false): JsonAnswer {
  const isArray = Array.isArray(json);
  const { answers, outside } = answersTo(predictor, json, isExplained);
  refuseRepeated(predictor, text, isArray ? json.length : 1);
  return {
    text: isArray ? `[${answers.join(',')}]` : answers.join(''),
    tally: { records: answers.length, outside, refused: 0 },
  };
}

/** What is answered to each of some records. */
interface Answers {
  /** A JSON text for each. */
  readonly answers: readonly string[];
  /** Of how many of them something lies outside of what was learned; undefined where nobody looked. */
  readonly outside: number | undefined;
}

/** @param json a record, or an array of them. @throws DataError where one does not fit the declaration. */
export function answersTo(predictor: Predictor, json: unknown, isExplained: boolean): Answers {
  return isExplained ? explained(predictor, json) : { answers: predicted(predictor, json), outside: undefined };
}

/**
 * What was predicted has exactly the declared keys, and JSON.parse keeps the last of two alike.
 *
 * @throws HttpError where a text of so many records has more keys than these have
 */
export function refuseRepeated({ features }: Predictor, text: string, records: number): void {
  const keys = records * features.length;
  // Each of them has a colon, so where there are as many, strings have none.
  if (countColons(text) !== keys && countKeys(text) !== keys)
    throw new HttpError('A field is there twice.', { problem: 'repeated-field' });
}

function predicted(predictor: Predictor, json: unknown): string[] {
  const end = endOfAnswers(predictor);
  if (!Array.isArray(json)) return [answerOf(predictor.predict(json), end)];
  return Array.from<number | ClassPrediction, string>(predictor.predictAll(json), (each) => answerOf(each, end));
}

const answerOf = (each: number | ClassPrediction, end: string) =>
  typeof each === 'number'
    ? `{"prediction":${each},${end}`
    : `${JSON.stringify(each, refuseNotFinite).slice(0, -1)},${end}`;

// Remembered: it is written for each answer, and the same for all of a release.
const ends = new WeakMap<Predictor, string>();

function endOfAnswers(predictor: Predictor): string {
  const known = ends.get(predictor);
  if (known !== undefined) return known;
  const { release, target } = predictor;
  const end = `"target":${JSON.stringify(target.name)},"release":${JSON.stringify(release)}}`;
  ends.set(predictor, end);
  return end;
}

function explained(predictor: Predictor, json: unknown): Answers {
  const { release, target } = predictor;
  const explanations = Array.isArray(json) ? predictor.explainAll(json) : [predictor.explain(json)];
  return {
    answers: explanations.map((each) => JSON.stringify({ ...each, target: target.name, release }, refuseNotFinite)),
    outside: explanations.filter(({ outside }) => outside.length > 0).length,
  };
}

function countColons(text: string): number {
  let count = 0;
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) count++;
  return count;
}

/** How many keys a JSON text has: its colons outside strings. */
function countKeys(text: string): number {
  let count = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) quoted = !quoted;
    else if (!quoted) count += Number(code === COLON);
    else if (code === BACKSLASH) i++;
  }
  return count;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
