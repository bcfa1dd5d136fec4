import {
  type Control,
  clip,
  dateRange,
  type FeatureColumn,
  featureKindOf,
  type Issue,
  rangeWithUnit,
  type Usual,
} from '../../../ml/serving.ts';
import type { Submission } from './submission.ts';

const MAX_VALUE = 100;
const NOT_KNOWN = 'Not known';
/** A list of more levels is searched by typing. */
const SEARCHED = 12;
/** A slider goes from end to end in so many steps, about. */
const SLIDER_STEPS = 200;

/** A field as the page shows it. */
export interface Field {
  readonly column: FeatureColumn;
  readonly control: Control;
  /** What was entered. */
  readonly value: string;
  readonly isNotKnown: boolean;
  /** What says that the value is not known; other words where an option has these. */
  readonly notKnownLabel: string;
  /** Whether it has so many levels that they are searched. */
  readonly isSearched: boolean;
  /** What moves a number with a pointer; undefined of all else, and where it is not known where numbers lie. */
  readonly slider: Slider | undefined;
  readonly hint: string | undefined;
  readonly error: string | undefined;
}

/** From the smallest usual number to the largest. */
interface Slider {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
}

/** What a field shows beside what its column says. */
export interface Entered {
  readonly submission: Submission | undefined;
  readonly issues: readonly Issue[];
  readonly usual: Usual | undefined;
}

export function fieldOf(column: FeatureColumn, { submission, issues, usual }: Entered): Field {
  const { name } = column;
  const control = featureKindOf(column).control();
  const text = submission?.texts.get(name)?.[0]?.trim() ?? '';
  const isNotKnown = submission?.notKnown.has(name) ?? false;
  const issue = issues.find(({ path }) => path === name);
  // The levels stand on the page already, so of an empty field no more is said than what to do.
  const error = issue && (text === '' && !isNotKnown ? missing(control) : issue.message);
  const isOption = 'options' in control && control.options.some(({ value }) => value === text);
  const isTaken =
    'options' in control && control.options.some(({ label }) => label.toLowerCase() === NOT_KNOWN.toLowerCase());
  return {
    column,
    control,
    value: isOption ? text : clip(text, MAX_VALUE),
    isNotKnown,
    notKnownLabel: isTaken ? 'No answer' : NOT_KNOWN,
    isSearched: control.control === 'select' && control.options.length > SEARCHED,
    slider: sliderOf(control, usual, Number(text === '' ? Number.NaN : text)),
    hint: hintOf(column, control),
    error,
  };
}

function sliderOf(control: Control, usual: Usual | undefined, entered: number): Slider | undefined {
  const range = usual?.range;
  if (control.control !== 'number' || !range) return undefined;
  const { min = 0, step = roundStep((range.max - range.min) / SLIDER_STEPS) } = control;
  // On the steps of the field, within what is usual.
  const onStep = (value: number, round: (steps: number) => number) =>
    Number((min + round((value - min) / step) * step).toPrecision(12));
  const [low, high] = [onStep(range.min, Math.ceil), onStep(range.max, Math.floor)];
  const value = Number.isFinite(entered) ? entered : (usual.typical ?? low);
  return low < high ? { min: low, max: high, step, value } : undefined;
}

/** The power of ten, or its double or five-fold, that is not above a size. */
function roundStep(size: number): number {
  const power = Math.floor(Math.log10(size));
  const digit = [5, 2, 1].find((each) => each <= size / 10 ** power) ?? 1;
  return Number(`${digit}e${power}`);
}

function missing(control: Control): string {
  if ('options' in control) return `is missing: choose one, or “${NOT_KNOWN}”`;
  return `is missing: enter a ${control.control === 'number' ? 'number' : 'date'}, or tick “${NOT_KNOWN}”`;
}

function hintOf(column: FeatureColumn, control: Control): string | undefined {
  const kind = featureKindOf(column);
  const { limits, unit, writer } = kind;
  const end = (days: number | undefined) => (days === undefined ? undefined : writer([])(days));
  switch (control.control) {
    case 'number':
      return rangeWithUnit(limits, kind) ?? unit;
    case 'date':
      return (
        [dateRange({ min: end(limits.min), max: end(limits.max) }), control.hasTime ? 'UTC' : undefined]
          .filter((part) => part !== undefined)
          .join(', ') || undefined
      );
    case 'text':
      return control.example;
    default:
      return undefined;
  }
}

/** Fields that stand together, under a heading where they have one. */
export interface Section {
  readonly title: string | undefined;
  readonly fields: readonly Field[];
}

/** Fields by the section that the declaration names, in the order in which sections begin. */
export function sectionsOf(fields: readonly Field[]): Section[] {
  const sections = new Map<string | undefined, Field[]>();
  for (const field of fields) {
    const { section } = field.column;
    const own = sections.get(section);
    if (own) own.push(field);
    else sections.set(section, [field]);
  }
  return [...sections].map(([title, own]) => ({ title, fields: own }));
}

/** What the form would send of fields as they stand, and no more: what an answer was made from, and the address of a case. */
export function encodedFields(fields: readonly Field[], notKnown: { field: string; option: string }): string {
  return new URLSearchParams(
    fields.flatMap(({ column: { name }, control, value, isNotKnown }): [string, string][] => {
      if (isNotKnown) return ['options' in control ? [name, notKnown.option] : [notKnown.field, name]];
      return value === '' ? [] : [[name, value]];
    }),
  ).toString();
}
