import type { ImportedModel } from './imported-model.ts';
import type { ModelFile } from './model-file.ts';

/** A format of models' files: a folder beside this file, and a line in `formats.ts`. */
export interface ModelFormat {
  /** As people know it. */
  readonly title: string;
  /** Whether a file is one of it, by its content: a cheap look, that takes no other format's files. */
  recognises(file: ModelFile): boolean;
  /** Whether it knows rounds, of which somebody may ask for the first ones alone. @default it does not */
  readonly hasRounds?: true;
  /**
   * @param rounds how many count. @default as many as the program takes by itself
   * @throws DataError where it is not whole, or is what cannot be imported: which, and the remedy
   */
  read(file: ModelFile, rounds?: number): ImportedModel;
}
