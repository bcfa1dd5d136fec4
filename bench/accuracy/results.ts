// What was measured, in a file that is whole after each measurement; what it has already is not measured again.

import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { DataError } from '../../ml/core/errors.ts';
import { writeTextFile } from '../../ml/core/files.ts';
import { jsonText } from '../../ml/core/json.ts';
import { readJsonFile } from '../../ml/data/json-file.ts';
import { type Measurement, measurementSchema } from './measurement.ts';

/** What tells one measurement from another. */
export type MeasurementKey = Pick<Measurement, 'data' | 'peer' | 'budget'>;

export class Results {
  readonly #path: string | undefined;
  #rows: readonly Measurement[];

  private constructor(path: string | undefined, rows: readonly Measurement[]) {
    this.#path = path;
    this.#rows = rows;
  }

  /**
   * Takes up the rows of a file that is there; without a path they are kept in memory alone.
   *
   * @throws DataError where the file holds something else
   */
  static async open(path: string | undefined): Promise<Results> {
    const isThere = path !== undefined && (await stat(path).catch(() => undefined))?.isFile() === true;
    if (!isThere) return new Results(path, []);
    const parsed = z.array(measurementSchema).safeParse(await readJsonFile(path));
    if (parsed.success) return new Results(path, parsed.data);
    throw new DataError(`${path} holds something else than the rows of this bench; name another file, or remove it`);
  }

  get rows(): readonly Measurement[] {
    return this.#rows;
  }

  find({ data, peer, budget }: MeasurementKey): Measurement | undefined {
    return this.#rows.find((row) => row.data === data && row.peer === peer && row.budget === budget);
  }

  /** Takes the place of an earlier row of the same. */
  async add(row: Measurement): Promise<void> {
    const earlier = this.find(row);
    this.#rows = [...this.#rows.filter((other) => other !== earlier), row];
    if (this.#path !== undefined) await writeTextFile(this.#path, jsonText(this.#rows));
  }
}
