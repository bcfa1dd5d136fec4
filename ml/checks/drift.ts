import type { Declaration } from '../data/declaration.ts';
import type { Comparison } from './compare.ts';
import type { Finding } from './finding.ts';
import { shiftInWords, sizeOfShift } from './shift-size.ts';

/** Whether features are distributed as they were when the release was trained. */
export function checkDrift({ target }: Declaration, comparison?: Comparison): Finding[] {
  return [...(comparison?.columns.values() ?? [])].flatMap((compared): Finding[] => {
    const { name } = compared.column;
    const size = name === target ? undefined : sizeOfShift(compared);
    return size === undefined
      ? []
      : [{ check: 'drift', column: name, weight: size, message: `it has drifted: ${shiftInWords(compared, size)}` }];
  });
}
