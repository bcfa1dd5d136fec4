import { shellWord } from '../../ml/core/shell-word.ts';
import type { InitResult } from '../../ml/pipeline/init/init-dataset.ts';
import type { UpdateResult } from '../../ml/pipeline/init/update-dataset.ts';
import { hanging } from '../wrap-text.ts';
import { decisionTable } from './decision-table.ts';

/** Of a wide table not all is told. */
const MOST_TOLD = 30;

/**
 * What was decided of a file: each column with its reason, what to look at, and how to go on.
 *
 * @param evidence what showed how the file is written
 */
export function initSummary(result: InitResult | UpdateResult, evidence: readonly string[], width: number): string {
  const { folder, rows, declaration, decisions, look } = result;
  const columns = decisions.length;
  const about = `${declaration.file}: ${rows.toLocaleString('en')} rows, ${columns.toLocaleString('en')} columns; ${evidence.join('; ')}`;
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [title, ...items.map((item) => hanging('  - ', item, width)), ''];
  return [
    hanging('', about, width),
    '',
    decisionTable(decisions, width),
    '',
    ...list(
      'Look at (*):',
      shortened([...look, ...decisions.flatMap(({ column, look }) => look.map((each) => `${column}: ${each}`))]),
    ),
    ...('changes' in result ? changesOf(result, list) : []),
    hanging(
      '',
      `Wrote ${folder}/dataset.json, which is yours to edit; npm run init -- --update --out ${shellWord(folder)} reads the file again and keeps your edits.`,
      width,
    ),
  ].join('\n');
}

function changesOf(
  { changes, conflicts }: UpdateResult,
  list: (title: string, items: readonly string[]) => string[],
): string[] {
  if (changes.length + conflicts.length === 0) return ['Nothing has changed in the declaration.', ''];
  return [...list('New in the declaration:', shortened(changes)), ...list('Edits that win:', shortened(conflicts))];
}

const shortened = (items: readonly string[]): readonly string[] =>
  items.length > MOST_TOLD
    ? [...items.slice(0, MOST_TOLD), `… and ${items.length - MOST_TOLD} more, in dataset.json under "assumed"`]
    : items;

/** How to train and serve a data set. */
export function nextCommands(folder: string): string {
  const word = shellWord(folder);
  return [
    'Next, train it and serve it; and make it what npm start, the image and the workflows take:',
    `  DATASET=${word} npm start`,
    `  npm pkg set plumbline.dataset=${word}`,
  ].join('\n');
}
