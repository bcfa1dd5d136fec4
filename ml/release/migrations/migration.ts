import type { ModelRole } from '../files.ts';

/** The documents of a release's model by role, as its format has them. */
export type Documents = Readonly<Record<ModelRole, unknown>>;

/** From one format to the next. */
export interface Migration {
  readonly from: number;
  /**
   * What the manifest would be in the next format.
   *
   * @throws ZodError where it is not one of this format
   */
  manifest(manifest: unknown): unknown;
  /**
   * What the documents would be in the next format.
   *
   * @throws ZodError where they are none of this format
   */
  documents(documents: Documents): Documents;
}
