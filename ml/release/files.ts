// What the files of a release are for, and what they are called. Nothing outside of ml/release/ knows a name.

import { z } from 'zod';

/** The file that describes all others. */
export const MANIFEST = 'manifest.json';

/** The name of each role's file. */
export const fileNames = {
  /** The accepted rows in declared order, and those of them that were learned from and held out. */
  data: 'data.csv',
  train: 'train.csv',
  test: 'test.csv',
  /** What preprocessing learned in each of the model's fits, and the model. */
  preprocessing: 'preprocessing.json',
  model: 'model.json',
  /** How far predictions were off out of fold, and what records the model has learned from. */
  intervals: 'intervals.json',
  /** The large arrays of the JSON files. */
  arrays: 'arrays.bin.zst',
  /** What a person reads of it, rows of the data among it: a page of its own. */
  report: 'report.html',
  /** How the model did on the held-out rows, without any of them: what a copy that only serves shows of itself. */
  evaluation: 'evaluation.json',
} as const;

export type Role = keyof typeof fileNames;

/** What was learned from and measured on. It takes no part in predicting, so a copy that only serves may lack all of it, and the report. */
export const dataRoles = ['data', 'train', 'test'] as const satisfies readonly Role[];
export type DataRole = (typeof dataRoles)[number];

/** The JSON files that hold the model. */
export type ModelRole = 'preprocessing' | 'model';
/** JSON files, whose large arrays lie in the one of the role `arrays`. */
export type DocumentRole = ModelRole | 'intervals';

/** A file as the manifest records it. */
const file = z.strictObject({
  /** Of a file in the release's own folder. */
  name: z.string().regex(/^[a-z]+(\.[a-z]+)+$/),
  bytes: z.int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The files of a release by role. */
export const filesSchema = z.strictObject({
  data: file,
  train: file,
  test: file,
  preprocessing: file,
  model: file,
  /** Lacking where nothing is known of how far predictions are off, as of a release of an older format. */
  intervals: file.optional(),
  /**
   * Size and SHA-256 are those of what is packed in it: so a release's id does not hang on how well somebody's version of
   * the compressor packs. Lacking where no array is large.
   */
  arrays: file.optional(),
  /** Lacking of an older format. */
  report: file.optional(),
  /** Lacking of an older version, and where the report could not be made. */
  evaluation: file.optional(),
});

export type FileRecord = z.infer<typeof file>;
export type FileRecords = z.infer<typeof filesSchema>;

/** The files of a release with their roles. */
export function filesOf(files: FileRecords): [Role, FileRecord][] {
  return Object.entries(files) as [Role, FileRecord][];
}
