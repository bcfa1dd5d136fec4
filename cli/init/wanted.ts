import type { DayOrder } from '../../ml/data/inference/decide-date.ts';
import { deduceColumns } from '../../ml/data/inference/deduce-columns.ts';
import { targetCandidates } from '../../ml/data/inference/target-candidates.ts';
import type { Wanted } from '../../ml/pipeline/init/init-dataset.ts';
import type { ReadTable } from '../../ml/pipeline/init/read-table.ts';
import { askDayOrder, askTarget, isTerminal, refuseWithoutTarget } from './ask.ts';
import type { InitOptions } from './init-options.ts';

/**
 * What is wanted of a file: as the options say, and on a terminal, of what they leave open, as somebody answers.
 *
 * @throws ParamError where nobody can be asked for the target; it lists what could be one
 */
export async function wantedOf(path: string, table: ReadTable, options: InitOptions): Promise<Wanted> {
  const { task, positive, weight, group, time } = options;
  const dayOrder = options.dates ?? (await dayOrderOf(table));
  return {
    target: options.target ?? (await targetOf(path, table, dayOrder)),
    task,
    positive,
    weight,
    group: group === false ? null : group,
    time: time === false ? null : time,
    dayOrder,
  };
}

async function targetOf(
  path: string,
  { summary, reading }: ReadTable,
  dayOrder: DayOrder | undefined,
): Promise<string> {
  const candidates = targetCandidates(summary, { delimiter: reading.delimiter, dayOrder });
  if (candidates.length === 0 || !isTerminal()) refuseWithoutTarget(path, candidates);
  return askTarget(candidates);
}

/** Asks once for all columns of a file. */
export async function dayOrderOf({ summary, reading }: ReadTable): Promise<DayOrder | undefined> {
  if (!isTerminal()) return undefined;
  const [open] = deduceColumns(summary, { delimiter: reading.delimiter }).open;
  if (!open) return undefined;
  return askDayOrder(open.view.summary.header, open.view.sample.find((text) => text !== '') ?? '');
}
