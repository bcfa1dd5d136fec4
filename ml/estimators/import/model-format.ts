import type { ImportedModel } from './imported-model.ts';
import type { ModelFile } from './model-file.ts';

/** A format of models' files: a folder beside this file, and a line in `formats.ts`. */
export interface ModelFormat {
  /** As people know it. */
  readonly title: string;
  /** Whether a file is one of it, by its content: a cheap look, that takes no other format's files. */
  recognises(file: ModelFile): boolean;
  /** @throws DataError where it is not whole, or is what cannot be imported: which, and the remedy */
  read(file: ModelFile): ImportedModel;
}
