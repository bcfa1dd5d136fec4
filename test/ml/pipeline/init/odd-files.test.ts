import { expect, test } from 'vitest';
import { DataError } from '../../../../ml/core/errors.ts';
import { datasetPlace } from '../../../../ml/pipeline/init/dataset-place.ts';
import { declareTable } from '../../../../ml/pipeline/init/init-dataset.ts';
import { readTable } from '../../../../ml/pipeline/init/read-table.ts';
import { oddFiles } from '../../../fixtures/odd-files/index.ts';
import { temporaryFile } from '../../../temporary.ts';

/** What init makes of a file, of whichever column can be predicted; or why it makes nothing of it. */
async function declared(path: string) {
  try {
    const table = await readTable(path);
    const headers = table.summary.columns.map(({ header }) => header).filter((header) => header !== '');
    const outcomes = headers.map((target) => {
      try {
        return declareTable(table, datasetPlace(path, { name: 'odd' }), { target }).checked;
      } catch (error) {
        if (error instanceof DataError) return error;
        throw error;
      }
    });
    return outcomes.find((outcome) => !(outcome instanceof DataError)) ?? outcomes.at(-1);
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
}

test.each(oddFiles)('$title: a declaration that holds, or a sentence', async ({ name, content, becomes }) => {
  const outcome = await declared(temporaryFile(content, name));
  if ('says' in becomes || (becomes.problems ?? []).length > 0) {
    expect(outcome).toBeInstanceOf(DataError);
    return;
  }
  // Of a few rows there may be nothing to predict, or nothing to predict it from.
  if (outcome instanceof DataError)
    expect(outcome.message).toMatch(/the target|one column alone|no column to predict|names columns alike|no rows/);
  else expect(outcome?.columns.map(({ header, name: own }) => header ?? own).length).toBeGreaterThan(1);
});
