// Questions on a terminal; elsewhere nobody could answer.

import { ParamError } from '../../ml/core/errors.ts';
import type { DayOrder } from '../../ml/data/inference/decide-date.ts';
import type { TargetCandidate } from '../../ml/data/inference/target-candidates.ts';

/** What a shell says of a process that Ctrl-C ended. */
const INTERRUPTED = 130;

/** Whether somebody is there to answer. */
export const isTerminal = (): boolean => process.stdin.isTTY === true && process.stdout.isTTY === true;

/** The header of the column to predict, as somebody chooses it. */
export function askTarget(candidates: readonly TargetCandidate[]): Promise<string> {
  return ask(
    'Which column is to be predicted?',
    candidates.map(({ header, reason }) => ({ value: header, label: header, hint: reason })),
  );
}

/** Which of day and month stands first, as somebody says. @param example a date that may be either */
export function askDayOrder(column: string, example: string): Promise<DayOrder> {
  return ask(`In ${column}, which stands first in ${example}?`, [
    { value: 'day-first', label: 'the day' },
    { value: 'month-first', label: 'the month' },
  ]);
}

interface Answer<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

async function ask<Value extends string>(message: string, answers: readonly Answer<Value>[]): Promise<Value> {
  // Its loading is for those who are asked.
  const { isCancel, select } = await import('@clack/prompts');
  const answer = await select<string>({ message, options: answers.map((each) => ({ ...each })) });
  if (isCancel(answer)) process.exit(INTERRUPTED);
  const chosen = answers.find(({ value }) => value === answer);
  if (!chosen) throw new Error(`${String(answer)} was not among the answers`);
  return chosen.value;
}

/** @throws ParamError that lists what may be predicted */
export function refuseWithoutTarget(path: string, candidates: readonly TargetCandidate[]): never {
  const list = candidates.map(({ header, reason }) => `  --target ${JSON.stringify(header)}   ${reason}`);
  throw new ParamError(
    candidates.length === 0
      ? `--target names the column to predict, and ${path} has none that could be`
      : `--target names the column to predict. Of ${path} these could be, the likeliest first:\n${list.join('\n')}`,
  );
}
