import { expect, test, vi } from 'vitest';
import { TrainingProgress } from '../../cli/training-progress.ts';
import type { Declaration } from '../../ml/data/declaration.ts';
import { taskOf } from '../../ml/selection/tasks/index.ts';
import { houses } from '../houses.ts';

test('tells what is kept out, with the reason, and what was assumed', () => {
  const written: string[] = [];
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  const declaration: Declaration = {
    ...houses,
    columns: [
      ...houses.columns,
      { name: 'note', title: 'Note', kind: 'text' },
      { name: 'sold_for', title: 'Sold for', kind: 'leaking', reason: 'it is known after the sale' },
      { name: 'id', title: 'Id', kind: 'identifier' },
    ],
    assumed: ['"?" says that a value is not known'],
  };
  const rows = {
    train: 80,
    test: 20,
    dropped: 0,
    weightless: 0,
    between: 0,
    ignored: [],
    rounded: [],
    unusedParams: [],
  };
  new TrainingProgress().tell({ stage: 'ingested', declaration, task: taskOf(declaration), ...rows });
  write.mockRestore();
  expect(written.join('')).toContain(
    'Columns that are not read: note (free text), sold_for (a leak of the target: it is known after the sale)\n' +
      'Assumed: "?" says that a value is not known\n',
  );
});
