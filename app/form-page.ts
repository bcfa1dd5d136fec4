import type { Column, Issue, Manifest, NumericColumn, Predictor } from '../ml/index.ts';

/** What somebody sent, and what came of it. */
export interface Submission {
  readonly texts: Readonly<Record<string, unknown>>;
  readonly issues?: readonly Issue[];
  readonly record?: Readonly<Record<string, unknown>>;
  readonly prediction?: number;
}

/** A field as the page shows it. */
interface Field {
  readonly column: Column;
  /** What was entered. */
  readonly value: string;
  readonly hint: string | undefined;
  readonly error: string | undefined;
}

/** A prediction on the target's scale; positions run from 0 to 100. */
interface Result {
  readonly text: string;
  readonly beyond: string | undefined;
  readonly scale:
    | { readonly min: number; readonly max: number; readonly at: number; readonly from: number; readonly width: number }
    | undefined;
}

/** All that the form's page shows. */
export interface FormPage {
  readonly manifest: Manifest;
  readonly modelTitle: string;
  readonly release: string;
  readonly target: NumericColumn;
  readonly fields: readonly Field[];
  /** Errors that belong to no field of the form. */
  readonly otherErrors: readonly string[];
  readonly errorCount: number;
  readonly result: Result | undefined;
  readonly typicalError: string;
  readonly r2: string;
  readonly curl: string | undefined;
}

/** The page before anything was sent, or with what was sent and what came of it. */
export function formPage(predictor: Predictor, origin: string, submission?: Submission): FormPage {
  const { manifest, modelTitle, release, features, target } = predictor;
  const { texts = {}, issues = [], record, prediction } = submission ?? {};
  const fields = features.map((column): Field => {
    const text = texts[column.name];
    const value = typeof text === 'string' ? text.trim() : '';
    return { column, value, hint: hintOf(column), error: errorOf(column, text, issues) };
  });
  const others = issues.filter(({ path }) => !fields.some(({ column }) => column.name === path));
  return {
    manifest,
    modelTitle,
    release,
    target,
    fields,
    otherErrors: others.map(({ path, message }) => `${path}: ${message}`),
    errorCount: others.length + fields.filter(({ error }) => error).length,
    result: prediction === undefined ? undefined : resultOf(target, prediction, manifest.holdout.mae),
    typicalError: digits.format(manifest.holdout.mae),
    r2: manifest.holdout.r2.toFixed(2),
    curl: record && curlOf(origin, record),
  };
}

/** The list of levels and the hint stand on the page already, so an empty field is told no more than that. */
function errorOf({ name }: Column, text: unknown, issues: readonly Issue[]): string | undefined {
  const issue = issues.find(({ path }) => path === name);
  if (Array.isArray(text)) return 'was sent more than once';
  return issue && (typeof text === 'string' && text.trim() !== '' ? issue.message : 'is missing');
}

function hintOf(column: Column): string | undefined {
  if (column.kind === 'categorical') return undefined;
  const { min, max, unit = '' } = column;
  if (min !== undefined && max !== undefined) return `${min} to ${max} ${unit}`.trim();
  if (min !== undefined) return `at least ${min} ${unit}`.trim();
  if (max !== undefined) return `at most ${max} ${unit}`.trim();
  return unit || undefined;
}

function resultOf({ min, max }: NumericColumn, prediction: number, mae: number): Result {
  const beyond =
    max !== undefined && prediction > max
      ? `The model says more than the highest possible value, ${max}: read it as ${max}.`
      : min !== undefined && prediction < min
        ? `The model says less than the lowest possible value, ${min}: read it as ${min}.`
        : undefined;
  if (min === undefined || max === undefined) return { text: digits.format(prediction), beyond, scale: undefined };
  const at = (value: number) => (100 * (Math.min(max, Math.max(min, value)) - min)) / (max - min);
  const from = at(prediction - mae);
  return {
    text: digits.format(prediction),
    beyond,
    scale: { min, max, at: at(prediction), from, width: at(prediction + mae) - from },
  };
}

/** Three digits, or the whole part where that is more: 95.4, 1234, 0.0123. */
const digits = new Intl.NumberFormat('en', {
  useGrouping: false,
  maximumFractionDigits: 0,
  maximumSignificantDigits: 3,
  roundingPriority: 'morePrecision',
});

/** The same request from a shell; JSON's own quotes are double, so only single ones need care. */
function curlOf(origin: string, record: Readonly<Record<string, unknown>>): string {
  const body = JSON.stringify(record, null, 2).replaceAll("'", `'\\''`);
  return `curl ${origin}/api/predictions \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}
