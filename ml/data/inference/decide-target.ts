import { DataError } from '../../core/errors.ts';
import { formatShare } from '../../core/format-number.ts';
import { decideNumeric } from './decide-numeric.ts';
import { decideYesNo } from './decide-yes-no.ts';
import { type ColumnView, type Deduction, deduced } from './deduction.ts';
import { type CountedNumber, farOut } from './far-out.ts';
import { saysClass } from './header-hints.ts';
import { missingLevels } from './missing-tokens.ts';

/** What somebody wants to predict of a column: how much, or which. */
export type WantedTask = 'regression' | 'classes';

const MOST_NUMBERED_CLASSES = 10;
const MOST_CLASSES = 200;
/** Of evenly spread classes none is rarer than that share of an equal one. */
const EVEN = 0.5;

/**
 * What the column to predict is: a number, yes or no, or one of several classes.
 *
 * @throws DataError where it can be none of them
 */
export function decideTarget(view: ColumnView, task: WantedTask | undefined): Deduction {
  const { summary, known, counts } = view;
  const refuse = (why: string) => new DataError(`the target ${summary.header} ${why}; name another column by --target`);
  if (known === 0) throw refuse('is empty in every row');
  if (summary.values.distinct === 1) throw refuse(`is ${JSON.stringify([...counts.keys()][0])} in every row`);
  const numeric = withFarOut(view, decideNumeric(view));
  if (task === 'regression') {
    if (numeric) return numeric;
    throw refuse('has texts that are no numbers, so it is no regression');
  }
  const yesNo = decideYesNo(view);
  if (yesNo) return yesNo;
  if (numeric) return task === 'classes' ? numberedClasses(view, numeric, refuse) : numberOrClass(view, numeric);
  return textClasses(view, refuse);
}

/** Numbers, with those to look at that are far out. */
function withFarOut(view: ColumnView, numeric: Deduction | undefined): Deduction | undefined {
  return numeric && { ...numeric, look: [...numeric.look, ...farOut(valuesOf(view, numeric))] };
}

type Refuse = (why: string) => DataError;

/** Few whole numbers may be classes: where they count from 0 or 1, and each is about as frequent, or the header says so. */
function numberOrClass(view: ColumnView, numeric: Deduction): Deduction {
  const values = valuesOf(view, numeric);
  if (!view.numbers.isWhole || values.length > MOST_NUMBERED_CLASSES) return numeric;
  const numbers = values.map(({ value }) => value).sort((a, b) => a - b);
  const total = values.reduce((sum, { count }) => sum + count, 0);
  const [first = Number.NaN] = numbers;
  const areCounted = first >= 0 && first <= 1 && numbers.every((value, i) => value === first + i);
  const areEven = values.every(({ count }) => count >= (EVEN * total) / values.length);
  const asClasses = areCounted && (areEven || saysClass(view.words));
  const counts = values
    .toSorted((a, b) => a.value - b.value)
    .map(({ text, count }) => `${text} (${formatShare(count / total)})`)
    .join(', ');
  return asClasses
    ? classesOf(values, numeric.missing, [
        `its ${values.length} whole numbers are taken for classes: ${counts}; --task regression takes them for numbers`,
      ])
    : {
        ...numeric,
        look: [
          ...numeric.look,
          `its ${values.length} whole numbers are taken for numbers: ${counts}; --task classes takes them for classes`,
        ],
      };
}

function numberedClasses(view: ColumnView, numeric: Deduction, refuse: Refuse): Deduction {
  const values = valuesOf(view, numeric);
  if (!view.summary.values.isExact || values.length > MOST_CLASSES)
    throw refuse(`has ${view.summary.values.distinct.toLocaleString('en')} different numbers, too many for classes`);
  return classesOf(values, numeric.missing, []);
}

/** The numbers that are kept of a column. */
function valuesOf({ counts, numberIn }: ColumnView, { missing }: Deduction): CountedNumber[] {
  return [...counts].flatMap(([text, count]) => {
    const value = missing.includes(text) ? undefined : numberIn(text);
    return value === undefined ? [] : [{ text, count, value }];
  });
}

function classesOf(values: readonly CountedNumber[], missing: readonly string[], look: readonly string[]): Deduction {
  const levels = values.toSorted((a, b) => a.value - b.value).map(({ text }) => text);
  return deduced({ kind: 'categorical', levels }, `${levels.length} classes of whole numbers`, { missing, look });
}

function textClasses({ counts, known, summary }: ColumnView, refuse: Refuse): Deduction {
  const missing = missingLevels(counts);
  const levels = [...counts].filter(([text]) => !missing.includes(text));
  if (!summary.values.isExact || levels.length > MOST_CLASSES || levels.length > known / 2)
    throw refuse(
      `has ${summary.values.distinct.toLocaleString('en')} different texts in ${known.toLocaleString('en')} rows, too many for classes`,
    );
  const ranked = levels.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const rare = ranked.filter(([, count]) => count < 5).map(([text]) => JSON.stringify(text));
  const look =
    rare.length > 0
      ? [`of ${rare.slice(0, 5).join(', ')}${rare.length > 5 ? ' …' : ''} there are fewer than 5 rows`]
      : [];
  return deduced({ kind: 'categorical', levels: ranked.map(([text]) => text) }, `${ranked.length} classes`, {
    missing,
    look,
  });
}
