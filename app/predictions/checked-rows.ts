import { DataError, openRowsToPredict, type Predictor } from '../../ml/serving.ts';
import { toldFile } from '../jobs/told-file.ts';

/** A file that somebody has sent. */
export interface SentFile {
  readonly path: string;
  /** What its owner calls it. */
  readonly name: string;
}

/** What its beginning says. */
export interface CheckedRows {
  /** How many rows it has, where it says so itself; null of a CSV. */
  readonly rows: number | null;
}

/**
 * Reads the header of a file and what comes with it: whether it has every column, and can be read at all.
 *
 * @throws DataError where it cannot be predicted
 */
export async function checkedRows(predictor: Predictor, { path, name }: SentFile): Promise<CheckedRows> {
  try {
    const { rows, count } = await openRowsToPredict(path, predictor, ['csv', 'parquet']);
    // The file is closed once nobody wants more of it.
    for await (const _ of rows) break;
    return { rows: count ?? null };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const issues = error.issues.map(({ path: where, message }) => ({
      path: where,
      message: toldFile(message, path, name),
    }));
    throw new DataError(toldFile(error.message, path, name), { issues, total: error.total, cause: error });
  }
}
