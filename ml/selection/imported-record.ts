import { z } from 'zod';

/** What a release records of a model that another program has trained. */
export const importedRecordSchema = z.object({
  /** "XGBoost"; as its file says, which version; and what it was trained for. */
  program: z.string(),
  version: z.string().nullable(),
  objective: z.string(),
  /** SHA-256 of its file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** By how many rows it was proved to predict here as it did there, and by how much it is off at most; null where nobody gave any. */
  proof: z.object({ rows: z.int().positive(), difference: z.number() }).nullable(),
});
export type ImportedRecord = z.infer<typeof importedRecordSchema>;

/** "XGBoost 3.2.0". */
export const programOf = ({ program, version }: Pick<ImportedRecord, 'program' | 'version'>): string =>
  version === null ? program : `${program} ${version}`;

/** Why it is released: a sentence without its full stop. */
export function importedInWords(record: ImportedRecord): string {
  const { proof } = record;
  const from = `it is imported from ${programOf(record)}, and was not trained here`;
  if (proof === null) return `${from}; no rows have proved that it predicts here as it did there`;
  return `${from}; it predicts ${proof.rows === 1 ? 'a row' : `${proof.rows} rows`} of proof as it did there, to within ${proof.difference.toExponential(1)}`;
}
