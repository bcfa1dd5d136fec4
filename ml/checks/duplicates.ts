import { formatShare } from '../core/format-number.ts';
import type { Declaration } from '../data/declaration.ts';
import { classCountOf } from '../data/task-kind.ts';
import type { Finding } from './finding.ts';
import type { Observation } from './observe.ts';

/** A share of the rows that is worth a look; in a table of few columns, a few rows are alike by chance. */
const NOTED = 0.05;

/**
 * Whether rows are there twice, so that a row that is held out may have been learned from; and whether rows that look the same have
 * different classes, which no model can tell apart. Of numbers that is what noise does.
 */
export function checkDuplicates(observation: Observation, declaration: Declaration): Finding[] {
  const { alike, rows, dropped, weightless } = observation;
  if (!alike) return [];
  const { repeated, contradicting, isExact } = alike;
  const counted = rows - dropped - weightless;
  const finding = (count: number, what: string): Finding[] => {
    const share = count / counted;
    if (!(share >= NOTED)) return [];
    const message = `${isExact ? '' : 'about '}${count} rows (${formatShare(share)}) ${what}`;
    return [{ check: 'duplicates', weight: 'major', message }];
  };
  return [
    ...finding(repeated, 'repeat an earlier one in every column'),
    ...(classCountOf(declaration) > 0
      ? finding(contradicting, `have the features of an earlier one, and another ${declaration.target}`)
      : []),
  ];
}
