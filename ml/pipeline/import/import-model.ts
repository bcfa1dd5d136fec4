import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { DataError } from '../../core/errors.ts';
import { sha256 } from '../../core/files.ts';
import { readDeclaration } from '../../data/declaration.ts';
import { fileError } from '../../data/sources/missing-file.ts';
import { emptyTable } from '../../data/table.ts';
import { readImportedModel } from '../../estimators/import/formats.ts';
import type { ImportedModel } from '../../estimators/import/imported-model.ts';
import { checkWritable } from '../../release/access.ts';
import { makeReleasesFolder, releasesFolder } from '../../release/releases-folder.ts';
import { type BindOptions, bindModel } from './bind-model.ts';
import { checkParity } from './check-parity.ts';
import type { MatchedFeature } from './match-features.ts';
import { readProof } from './read-proof.ts';
import { type ReleasedImport, releaseImported } from './release-imported.ts';

export interface ImportOptions extends BindOptions {
  /** The model's file. */
  readonly file: string;
  /** The folder that holds dataset.json. */
  readonly dataset: string;
  /** How many of the model's rounds count. @default as many as its program takes by itself */
  readonly rounds?: number | undefined;
  /** A file of rows, and what the model predicts of them; null where somebody does without. */
  readonly proof: string | null;
  /** The folder of releases. @default the own one of the data set */
  readonly artifacts?: string | undefined;
  /** Whether the release is put into use. @default true */
  readonly use?: boolean | undefined;
}

/** What came of it. */
export interface ImportResult extends ReleasedImport {
  readonly imported: ImportedModel;
  readonly features: readonly MatchedFeature[];
  readonly proof: { readonly rows: number; readonly difference: number; readonly labelled: number } | null;
}

/**
 * From a model's file to a release: read it, find its features among the declared columns, see by rows of proof that it predicts here as it
 * did there, and release it.
 *
 * @throws DataError where the file, the declaration or the proof is wrong, or predictions differ
 * @throws ReleaseError where a release cannot be written
 */
export async function importModel(options: ImportOptions): Promise<ImportResult> {
  const { file, dataset, proof: proofFile, use = true } = options;
  const artifacts = options.artifacts ?? releasesFolder(dataset);
  const declaration = await readDeclaration(dataset);
  const bytes = await readFile(file).catch((cause) => {
    throw fileError(file, cause);
  });
  const imported = named(file, () => readImportedModel(bytes, options.rounds));
  const bound = bindModel(imported, declaration, options);
  const proof = proofFile === null ? null : await readProof(proofFile, declaration);
  const model = bound.modelFor(proof?.table ?? emptyTable(declaration));
  const difference = proof && checkParity(model, proof, bound.features, imported.note);
  await checkWritable(artifacts);
  if (options.artifacts === undefined) await makeReleasesFolder(dataset);
  const { name: program, version, objective } = imported.format;
  const released = await releaseImported(artifacts, {
    declaration,
    model,
    record: {
      program,
      version,
      objective,
      sha256: sha256(bytes),
      proof: proof && { rows: proof.table.rows, difference: difference ?? 0 },
    },
    rows: proof?.labelled ?? emptyTable(declaration),
    dropped: proof?.dropped ?? 0,
    use,
  });
  return {
    ...released,
    imported,
    features: bound.features,
    proof: proof && { rows: proof.table.rows, difference: difference ?? 0, labelled: proof.labelled.rows },
  };
}

/** What is wrong with a file is said of it. */
function named<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(`${basename(file)}: ${error.message}`, { cause: error, issues: error.issues });
  }
}
