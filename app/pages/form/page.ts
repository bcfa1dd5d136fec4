import {
  clip,
  formatExact,
  formatRounded,
  formatShare,
  type Issue,
  type Manifest,
  type Predictor,
} from '../../../ml/serving.ts';
import { type Field, fieldOf } from './field.ts';
import type { Outcome } from './outcome.ts';
import { NOT_KNOWN_FIELD, NOT_KNOWN_OPTION, type Submission } from './submission.ts';
import { type ThresholdChoice, thresholdChoiceOf } from './threshold.ts';

// The summary lists a few errors, each in short; those of fields stand beside them too.
const MAX_LISTED = 20;
const MAX_OTHERS = 10;
const MAX_NAME = 80;

/** What came of a submission: a prediction, or what is wrong, of which there may be more than `issues` holds. */
export type Answer = { readonly outcome: Outcome } | { readonly issues: readonly Issue[]; readonly total: number };

/** All that the form's page shows. */
export interface FormPage {
  readonly manifest: Manifest;
  readonly modelTitle: string;
  readonly release: string;
  readonly target: Predictor['target'];
  readonly fields: readonly Field[];
  readonly notKnown: { readonly field: string; readonly option: string };
  /** The first errors of fields. */
  readonly listedErrors: readonly { readonly name: string; readonly text: string }[];
  /** Errors that belong to no field of the form, and how many there are beyond those that are listed. */
  readonly otherErrors: readonly string[];
  readonly errorsTitle: string | undefined;
  readonly outcome: Outcome | undefined;
  readonly threshold: ThresholdChoice | undefined;
  /** How the model did on the held-out rows. */
  readonly measured: Measured | undefined;
  readonly trainRows: string;
  readonly testRows: string;
  readonly score: { readonly title: string; readonly value: string };
  readonly curl: string | undefined;
}

/** "was off by", "4.2 points", "on average". */
interface Measured {
  readonly did: string;
  readonly amount: string;
  readonly how: string;
}

/** The page before anything was sent, or with what was sent and what came of it. */
export function formPage(
  predictor: Predictor,
  sent?: { readonly submission: Submission; readonly answer: Answer; readonly origin: string },
): FormPage {
  const { issues, total } = sent && 'issues' in sent.answer ? sent.answer : { issues: [], total: 0 };
  const outcome = sent && 'outcome' in sent.answer ? sent.answer.outcome : undefined;
  const { manifest, modelTitle, release, features, target, score } = predictor;
  const { data } = manifest;
  const fields = features.map((column) => fieldOf(column, sent?.submission, issues));
  const names = new Set(features.map(({ name }) => name));
  const others = issues.filter(({ path }) => !names.has(path));
  const told = others
    .slice(0, MAX_OTHERS)
    .map(({ path, message }) => (path === '' ? message : `${clip(path, MAX_NAME)}: ${message}`));
  const listed = fields
    .flatMap(({ column, error }) => (error ? [{ name: column.name, text: `${column.title} ${error}` }] : []))
    .slice(0, MAX_LISTED);
  const rest = total - told.length - listed.length;
  return {
    manifest,
    modelTitle,
    release,
    target,
    fields,
    notKnown: { field: NOT_KNOWN_FIELD, option: NOT_KNOWN_OPTION },
    listedErrors: listed,
    otherErrors: rest > 0 ? [...told, `… and ${formatExact(rest)} more`] : told,
    errorsTitle: errorsTitle(total),
    outcome,
    threshold: thresholdChoiceOf(
      predictor,
      sent?.submission.threshold,
      outcome?.kind === 'class' ? outcome.of : undefined,
    ),
    measured: measuredOf(predictor),
    trainRows: formatExact(data.train),
    testRows: formatExact(data.test),
    score: { title: score.title, value: formatRounded(score.value, 3) },
    curl: sent && outcome ? curlOf(sent.origin, sent.submission.record) : undefined,
  };
}

function errorsTitle(total: number): string | undefined {
  if (total === 0) return undefined;
  return total === 1 ? 'One field needs another look' : `${formatExact(total)} fields need another look`;
}

/** The same request from a shell; JSON's own quotes are double, so only single ones need care. */
function curlOf(origin: string, record: Readonly<Record<string, unknown>>): string {
  const body = JSON.stringify(record, null, 2).replaceAll("'", `'\\''`);
  return `curl ${origin}/api/predictions \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
}

function measuredOf(predictor: Predictor): Measured | undefined {
  if (predictor.task === 'regression') {
    const { typicalError, target } = predictor;
    return {
      did: 'was off by',
      amount: `${formatRounded(typicalError)} ${target.unit ?? ''}`.trim(),
      how: 'on average',
    };
  }
  const { accuracy } = predictor.manifest.holdout;
  if (accuracy === undefined) return undefined;
  return { did: 'named the right class in', amount: formatShare(accuracy), how: 'of them' };
}
