import {
  formatExact,
  formatRounded,
  formatShare,
  learnedFromInWords,
  type Manifest,
  type Predictor,
  withUnit,
} from '../../../ml/serving.ts';
import { type CalledService, curlExample } from '../api/examples.ts';
import { type AlongPanel, alongPanel } from './along/along-panel.ts';
import { encodedFields, type Field, fieldOf, type Section, sectionsOf } from './field.ts';
import { type FormErrors, formErrors, type Refused } from './form-errors.ts';
import type { Outcome } from './outcome.ts';
import { NOT_KNOWN_FIELD, NOT_KNOWN_OPTION, type Submission } from './submission.ts';
import { type ThresholdChoice, thresholdChoiceOf } from './threshold.ts';

/** What came of a submission: a prediction, or what is wrong; nothing where fields are yet to be filled in. */
export type Answer = { readonly outcome: Outcome } | Refused | undefined;

/** A form that was sent, and what came of it. */
export interface Sent {
  readonly submission: Submission;
  readonly answer: Answer;
  readonly service: CalledService;
}

/** All that the form's page shows. */
export interface FormPage {
  readonly manifest: Manifest;
  /** Of the document: the prediction first, so that it is seen among tabs. */
  readonly title: string;
  /** The same without what came of it. */
  readonly subject: string;
  readonly modelTitle: string;
  readonly release: string;
  readonly target: Predictor['target'];
  readonly sections: readonly Section[];
  readonly notKnown: { readonly field: string; readonly option: string };
  readonly errors: FormErrors;
  readonly outcome: Outcome | undefined;
  /** What the outcome was made from, as the form sends it: the address of the case. */
  readonly inputs: string | undefined;
  readonly threshold: ThresholdChoice | undefined;
  readonly along: AlongPanel | undefined;
  /** How the model did on the held-out rows. */
  readonly measured: Measured | undefined;
  /** From which rows the model has learned, in words. */
  readonly learnedFrom: string;
  readonly testRows: string;
  /** Undefined where it is not known. */
  readonly score: { readonly title: string; readonly value: string } | undefined;
  readonly curl: string | undefined;
}

/** "was off by", "4.2 points", "on average". */
interface Measured {
  readonly did: string;
  readonly amount: string;
  readonly how: string;
}

const notKnown = { field: NOT_KNOWN_FIELD, option: NOT_KNOWN_OPTION };

/** The page before anything was sent, or with what was sent and what came of it. */
export function formPage(predictor: Predictor, sent?: Sent): FormPage {
  const { submission, answer, service } = sent ?? {};
  const refused = answer && 'issues' in answer ? answer : { issues: [], total: 0 };
  const outcome = answer && 'outcome' in answer ? answer.outcome : undefined;
  const { manifest, modelTitle, release, features, target, score, usual } = predictor;
  const { data } = manifest;
  const fields = features.map((column) =>
    fieldOf(column, { submission, issues: refused.issues, usual: usual.get(column.name) }),
  );
  const errors = formErrors(fields, refused);
  const record = outcome && submission?.record;
  const subject = `${target.title} · ${manifest.dataset.title}`;
  return {
    manifest,
    title: `${outcome ? `${outcome.kind === 'number' ? outcome.amount.before : ''}${outcome.text} · ` : errors.title ? 'Please check · ' : ''}${subject}`,
    subject,
    modelTitle,
    release,
    target,
    sections: sectionsOf(fields),
    notKnown,
    errors,
    outcome,
    inputs: outcome && encodedInputs(fields),
    threshold: thresholdChoiceOf(predictor, submission?.threshold, outcome?.kind === 'class' ? outcome.of : undefined),
    along: alongPanel(predictor, submission?.along, record),
    measured: measuredOf(predictor),
    learnedFrom: learnedFromInWords(manifest),
    testRows: formatExact(data.test),
    score: score.value === null ? undefined : { title: score.title, value: formatRounded(score.value, 3) },
    curl: record && service && curlExample({ ...service, record }),
  };
}

const encodedInputs = (fields: readonly Field[]) => encodedFields(fields, notKnown);

function measuredOf(predictor: Predictor): Measured | undefined {
  if (predictor.task === 'regression') {
    const { typicalError, target } = predictor;
    if (typicalError === null) return undefined;
    return {
      did: 'was off by',
      amount: withUnit(formatRounded(typicalError), target),
      how: 'on average',
    };
  }
  const { accuracy } = predictor.manifest.holdout;
  if (accuracy === undefined) return undefined;
  return { did: 'named the right class in', amount: formatShare(accuracy), how: 'of them' };
}
