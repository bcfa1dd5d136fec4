// The inner loops of growing oblivious trees, in AssemblyScript; `npm run build:kernel` makes kernel.wasm of it. Arrays are given by
// their addresses. What threads share is a task: sixteen uint32, of which the first says what is to be done, and the others are
// the arguments of the function that does it.

import { scoreGroup } from './histograms.as';
import { countRows, leafDerivatives, sortRows, updateOdds } from './log-loss.as';
import { partition, placeRows, updateGradients } from './rows.as';
import { drawSample } from './sampling.as';

export { addAnswers, groupRows } from './groups.as';
export { takeRows } from './rows.as';
export { describeRows } from './statistics.as';

/** Does a task. */
export function run(task: usize): void {
  const a = load<u32>(task, 4);
  const b = load<u32>(task, 8);
  const c = load<u32>(task, 12);
  const d = load<u32>(task, 16);
  const e = load<u32>(task, 20);
  const f = load<u32>(task, 24);
  const g = load<u32>(task, 28);
  const h = load<u32>(task, 32);
  const i = load<u32>(task, 36);
  switch (load<u32>(task)) {
    case 0: return scoreGroup(a, b, c, d, e, f, g, task + 32);
    case 1: return partition(a, b, c, d, e, f, g, h);
    case 2: return drawSample(a, b, c, d, e, f);
    case 3: return placeRows(a, b, c, d, e, f, g, h);
    case 4: return updateGradients(a, b, c, d, e, f, g);
    case 5: return countRows(a, b, c, d, e);
    case 6: return sortRows(a, b, c, d, e, f, g, h, i);
    case 7: return leafDerivatives(a, b, c, d, e, f, g);
    case 8: return updateOdds(a, b, c, d, e, f, g, h, i);
  }
}
