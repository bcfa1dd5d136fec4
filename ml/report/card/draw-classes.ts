// What a card says of classes alone, as Markdown.

import { formatShare } from '../../core/format-number.ts';
import { bar, count, plain, type TableColumn, table } from '../markdown.ts';
import type { ClassCard } from './card.ts';
import type { ClassMeasures } from './class-measures.ts';
import { type Confusion, mistakesOf, totalsOf } from './confusion.ts';
import { NAME, percent } from './words.ts';

/** So many classes have a matrix that can be read. */
const MOST_IN_MATRIX = 10;
const MOST_MISTAKES = 10;
const MOST_CLASSES = 30;

const right = 'right' as const;
const named = (level: string) => plain(level, NAME);

/** What its predictions came to, a line each. */
export function classesOnHeldOut({ measures }: ClassCard): string[] {
  const { accuracy, always, logLoss, ofShares, setSize } = measures;
  const skill = 1 - logLoss / ofShares;
  return [
    `it named the right class in **${percent(accuracy)}** of them; always saying ${named(always.level)}, the most frequent one, would have been right in ${percent(always.accuracy)}`,
    `its probabilities have a log loss of ${logLoss.toFixed(4)}; giving each class its share of the rows that were learned from has ${ofShares.toFixed(4)}, so that its skill is ${skill.toFixed(3)} (1 is perfect, 0 no better than the shares)`,
    ...(setSize === undefined ? [] : [`a prediction set has ${setSize.toFixed(1)} classes on average`]),
  ];
}

/** Which classes are taken for which: all pairs of a few classes, the most confused of many. */
export function confusion(card: ClassCard): string {
  const { levels } = card.measures.confusion;
  return levels.length <= MOST_IN_MATRIX ? matrix(card) : mistakes(card.measures.confusion);
}

function matrix({ measures }: ClassCard): string {
  const { levels, counts } = measures.confusion;
  const rows = levels.map((level, code) => {
    const cells = levels.map((_, other) => {
      const text = count(counts[code * levels.length + other] as number);
      return other === code ? `**${text}**` : text;
    });
    return [named(level), ...cells, ...foundOf(measures.confusion, code)];
  });
  return [
    '**Confusion matrix** of the held-out rows: a line has the rows of an actual class, a column those that were predicted to be of one.',
    table(
      [
        { title: 'actual class' },
        ...levels.map((level): TableColumn => ({ title: `predicted ${named(level)}`, align: right })),
        { title: 'recall', align: right },
        { title: 'precision', align: right },
      ],
      rows,
    ),
  ].join('\n\n');
}

/** The pairs of classes that are confused most often. */
export function mistakes(confusion: Confusion): string {
  const all = mistakesOf(confusion);
  if (all.length === 0) return 'No held-out row was taken for another class.';
  const shown = all.slice(0, MOST_MISTAKES);
  const left = all.length - shown.length;
  return [
    `**Which classes are taken for which** most often, in held-out rows${left > 0 ? ` (${count(left)} more pairs are, less often)` : ''}:`,
    table(
      [
        { title: 'actual class' },
        { title: 'predicted' },
        { title: 'rows', align: right },
        { title: 'of that class', align: right },
      ],
      shown.map(({ truth, taken, rows, share }) => [named(truth), named(taken), count(rows), formatShare(share)]),
    ),
  ].join('\n\n');
}

const shareOf = (part: number, whole: number) => (whole === 0 ? '–' : formatShare(part / whole));

/** Whether probabilities come true as often as they say, and what is done so that they do. */
export function reliability({ measures }: ClassCard): string {
  const { positive, reliability: held, calibration } = measures;
  const what = positive === null ? 'the predicted class' : named(positive);
  return [
    `**Calibration**: held-out rows by the predicted probability of ${what}, and the share of them that it was observed in. Probabilities are off by ${formatShare(held.error)} on average${calibration ? ` (out of fold by ${formatShare((calibration.reliability.after ?? calibration.reliability.before).error)})` : ''}.`,
    table(
      [
        { title: 'predicted', align: right },
        { title: 'observed', align: right },
        { title: '' },
        { title: 'rows', align: right },
      ],
      held.bins.map(({ predicted, observed, rows }) => [
        formatShare(predicted),
        formatShare(observed),
        bar(observed),
        count(rows),
      ]),
    ),
    ...(calibration ? [calibrationInWords(calibration)] : []),
  ].join('\n\n');
}

export function calibrationInWords({
  method,
  logLoss,
  reliability,
}: NonNullable<ClassMeasures['calibration']>): string {
  const [before, after] = [logLoss.before.toFixed(4), logLoss.after.toFixed(4)];
  if (method === 'none')
    return `They are not calibrated: neither a sigmoid nor isotonic regression lowers the log loss out of fold by more than chance explains (${before} as they are, ${after} calibrated).`;
  const by = method === 'sigmoid' ? 'a sigmoid' : 'isotonic regression';
  return `They are calibrated by ${by}, which lowers the log loss out of fold from ${before} to ${after}; before, they were off by ${formatShare(reliability.before.error)} on average.`;
}

/** ROC, and precision and recall, of a target of two classes. */
export function curves({ measures }: ClassCard): string {
  if (!measures.curves || measures.positive === null) return '';
  const { roc, precision } = measures.curves;
  const positive = named(measures.positive);
  return [
    `**ROC curve**: where that share of the rows that are not ${positive} is flagged (false positive rate), this share of those that are is flagged too (recall).`,
    table(
      [{ title: 'false positive rate', align: right }, { title: 'recall', align: right }, { title: '' }],
      roc.map(({ falseAlarms, recall }) => [formatShare(falseAlarms), formatShare(recall), bar(recall)]),
    ),
    `**Precision and recall**: to flag that share of the rows that are ${positive} (recall), flag from that probability on (threshold); this share of the flagged rows is then ${positive} (precision).`,
    table(
      [
        { title: 'recall', align: right },
        { title: 'threshold', align: right },
        { title: 'precision', align: right },
        { title: '' },
      ],
      precision.map(({ recall, threshold, precision: share }) => [
        formatShare(recall),
        formatShare(threshold),
        formatShare(share),
        bar(share),
      ]),
    ),
  ].join('\n\n');
}

/** How frequent each class is, and how often it is found; of many classes recall and precision, which a matrix of few has. */
export function distribution({ measures }: ClassCard): string {
  const { shares, confusion: confused, setSize } = measures;
  const isMany = confused.levels.length > MOST_IN_MATRIX;
  const sorted = shares.toSorted((a, b) => b.learned - a.learned);
  const shown = sorted.slice(0, MOST_CLASSES);
  const left = sorted.length - shown.length;
  const columns: TableColumn[] = [
    { title: 'class' },
    { title: 'of the rows learned from', align: right },
    { title: '' },
    { title: 'of those held out', align: right },
    { title: 'rows', align: right },
    ...(isMany ? ['recall', 'precision'].map((title) => ({ title, align: right })) : []),
    ...(setSize === undefined ? [] : [{ title: 'within the prediction set', align: right }]),
  ];
  return [
    '**How frequent each class is**, the most frequent first:',
    table(
      columns,
      shown.map(({ level, learned, held, rows, coverage }) => [
        named(level),
        formatShare(learned),
        bar(learned),
        formatShare(held),
        count(rows),
        ...(isMany ? foundOf(confused, confused.levels.indexOf(level)) : []),
        ...(setSize === undefined ? [] : [coverage === undefined ? '–' : formatShare(coverage)]),
      ]),
    ),
    ...(left > 0 ? [`… and ${count(left)} classes that are rarer.`] : []),
  ].join('\n\n');
}

/** Recall and precision of a class. */
function foundOf(confused: Confusion, code: number): [string, string] {
  const { truth, predicted } = totalsOf(confused, code);
  const hit = confused.counts[code * confused.levels.length + code] as number;
  return [shareOf(hit, truth), shareOf(hit, predicted)];
}
