import { type FeatureColumn, formatExact, type Issue, recordFromTexts } from '../../../ml/serving.ts';
import { HttpError } from '../../http-errors.ts';
import type { Limits } from '../../limits.ts';

/** The field in which the form lists the columns whose value is not known; no column's name has a dash. */
export const NOT_KNOWN_FIELD = 'not-known';
/** The field that says which threshold is looked at, by its place among those that costs are known of. */
export const THRESHOLD_FIELD = 'at-threshold';
/** The field that says along which column predictions are drawn. */
export const ALONG_FIELD = 'along-input';
/** The option that says the same in a list of levels; no level starts with a space. */
export const NOT_KNOWN_OPTION = ' not known';

/** What somebody sent. */
export interface Submission {
  /** What was entered, by the column's name; several texts where the field was sent more than once. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** The columns whose value was said not to be known. */
  readonly notKnown: ReadonlySet<string>;
  /** What is to be predicted, as the predictor takes it. */
  readonly record: Readonly<Record<string, unknown>>;
  /** The place of the threshold that is looked at; undefined where none was sent, or more than a place. */
  readonly threshold: number | undefined;
  /** The column along which predictions are drawn; undefined where none was sent, which anything else may be too. */
  readonly along: string | undefined;
  /** What is wrong beyond what the predictor will find. */
  readonly issues: readonly Issue[];
}

export interface ReadOptions {
  readonly features: readonly FeatureColumn[];
  readonly limits: Limits;
  /** Whether it stood in an address, to which others add parameters of their own: what is no field is left out. @default false */
  readonly isAddress?: boolean;
}

/**
 * Reads a form as browsers encode it. A field that is left empty is left out of the record; that a value is not known has to be
 * said, since an empty field looks like one that was forgotten.
 *
 * @throws HttpError where it has more fields than are read.
 */
export function readForm(encoded: string, { features, limits, isAddress = false }: ReadOptions): Submission {
  const names = new Set(features.map(({ name }) => name));
  const { texts, listed, threshold, along } = textsIn(encoded, limits);
  if (isAddress) for (const name of texts.keys()) if (!names.has(name)) texts.delete(name);
  const notKnown = new Set(listed.filter((name) => names.has(name)));
  const issues = isAddress
    ? []
    : listed.filter((name) => !names.has(name)).map((name) => ({ path: name, message: 'not a field' }));
  const given = new Map<string, string>();
  for (const [name, all] of texts) {
    if (all.includes(NOT_KNOWN_OPTION)) notKnown.add(name);
    const entered = all.filter((text) => text !== NOT_KNOWN_OPTION && text.trim() !== '');
    if (all.length > 1) issues.push({ path: name, message: 'was sent more than once' });
    else if (entered.length > 0 && notKnown.has(name))
      issues.push({ path: name, message: 'has a value, and is said to be not known: keep one of the two' });
    given.set(name, entered[0] ?? '');
  }
  const record = {
    ...recordFromTexts(features, Object.fromEntries(given)),
    ...Object.fromEntries([...notKnown].map((name) => [name, null])),
  };
  return { texts, notKnown, record, threshold, along, issues };
}

/** The texts of fields, and what was sent beside them. */
function textsIn(encoded: string, { formFields }: Limits) {
  const parameters = new URLSearchParams(encoded);
  if (parameters.size > formFields) {
    const [sent, read] = [parameters.size, formFields].map(formatExact);
    throw new HttpError(`The form has ${sent} fields; at most ${read} are read.`, { problem: 'body-too-large' });
  }
  const texts = new Map<string, string[]>();
  for (const [name, text] of parameters) texts.set(name, [...(texts.get(name) ?? []), text]);
  const taken = (name: string): readonly string[] => {
    const all = texts.get(name) ?? [];
    texts.delete(name);
    return all;
  };
  return {
    texts,
    listed: taken(NOT_KNOWN_FIELD),
    threshold: placeIn(taken(THRESHOLD_FIELD)),
    along: taken(ALONG_FIELD)[0],
  };
}

/** What a page without scripts sends of the slider: it is looked at, and nothing is predicted by it. */
function placeIn([text = '']: readonly string[]): number | undefined {
  return /^\d{1,3}$/.test(text) ? Number(text) : undefined;
}
