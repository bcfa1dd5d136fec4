import { type ClassPrediction, numberFrom, type Predictor, refuseNotFinite } from '../../ml/index.ts';
import { HttpError } from '../http-errors.ts';

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

/** What a text has where JSON.parse could read a number as another one. */
const LONG_NUMBER = /\d{16}|e-\d{3}/i;

/**
 * A number that would be read as another one is NaN, which JSON has no other way to say.
 *
 * @throws HttpError where a body is not text of its character set, or no JSON.
 */
export function parseBody({ bytes, charset }: Body): { readonly text: string; readonly json: unknown } {
  const text = decode(bytes, charset);
  try {
    return { text, json: LONG_NUMBER.test(text) ? JSON.parse(text, losing) : JSON.parse(text) };
  } catch (error) {
    throw new HttpError('The body is not valid JSON.', { status: 400, cause: error });
  }
}

function losing(_: string, value: unknown, { source }: { source?: string } = {}): unknown {
  if (typeof value !== 'number' || source === undefined || !Number.isFinite(value)) return value;
  return numberFrom(source) ?? Number.NaN;
}

function decode(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof RangeError)
      throw new HttpError('The character set of the body is not supported.', { status: 415, cause });
    throw new HttpError('The body is not text in the character set that it is said to have.', { status: 400, cause });
  }
}

/**
 * What is predicted of a record, or of each record of an array, as JSON.
 *
 * @param isExplained whether each prediction comes with how sure it is, what it is made of, and what was not learned from
 * @throws DataError where a record does not fit the declaration. @throws HttpError where one has a field twice.
 */
export function jsonAnswer(
  predictor: Predictor,
  { text, json }: ReturnType<typeof parseBody>,
  isExplained = false,
): string {
  const isArray = Array.isArray(json);
  const answers = isExplained ? explained(predictor, json) : predicted(predictor, json);
  // What was predicted has exactly these keys, and JSON.parse keeps the last of two alike.
  if (countKeys(text) !== (isArray ? json.length : 1) * predictor.features.length)
    throw new HttpError('A field is there twice.', { status: 400 });
  return isArray ? `[${answers.join(',')}]` : answers.join('');
}

function predicted(predictor: Predictor, json: unknown): string[] {
  const { release, target } = predictor;
  const rest = `"target":${JSON.stringify(target.name)},"release":${JSON.stringify(release)}}`;
  const predictions = Array.isArray(json) ? predictor.predictAll(json) : [predictor.predict(json)];
  return Array.from<number | ClassPrediction, string>(predictions, (each) =>
    typeof each === 'number'
      ? `{"prediction":${each},${rest}`
      : `${JSON.stringify(each, refuseNotFinite).slice(0, -1)},${rest}`,
  );
}

function explained(predictor: Predictor, json: unknown): string[] {
  const { release, target } = predictor;
  const explanations = Array.isArray(json) ? predictor.explainAll(json) : [predictor.explain(json)];
  return explanations.map((each) => JSON.stringify({ ...each, target: target.name, release }, refuseNotFinite));
}

/** How many keys a JSON text has: its colons outside strings. */
function countKeys(text: string): number {
  let count = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') quoted = !quoted;
    else if (!quoted) count += Number(character === ':');
    else if (character === '\\') i++;
  }
  return count;
}
