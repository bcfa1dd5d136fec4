import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ReleaseError } from '../../ml/core/errors.ts';
import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { type Declaration, readDeclaration } from '../../ml/data/declaration.ts';
import { currentId } from '../../ml/release/history.ts';
import { type Release, readManifest } from '../../ml/release/read.ts';
import type { Check } from '../../ml/release/use.ts';
import { artifactsFolder, named, type Place, printerBeside, writeJson } from '../output.ts';

/** Puts a release into use by `change`, and tells what came of it. */
export async function putIntoUse(
  { json, ...place }: Place & { json?: string },
  change: (artifacts: string, check: Check) => Promise<Release>,
): Promise<void> {
  const artifacts = artifactsFolder(place);
  const declared = await declarationFor(place, artifacts);
  const before = await currentId(artifacts);
  const { checkUsable } = await import('../../ml/pipeline/usable-release.ts');
  const { id, manifest } = await change(artifacts, (release) => checkUsable(release, declared));
  const print = await printerBeside(json);
  if (before === id) print(`Release ${id} is in use already.`);
  else {
    print(`Release ${id} is in use${before === undefined ? '' : `, in place of ${before}`}.`);
    print('A server that runs on this machine takes it up by itself.');
  }
  if (declared && !isDeepStrictEqual(manifest.dataset, declared))
    print(
      `Note: ${manifest.dataset.name} was declared otherwise when it was trained, so npm start will train a new one.`,
    );
  await writeJson(json, { release: id, before: before ?? null });
}

/** The data set that a release has to be of: as declared, or as that of the release in use where a folder is named alone. */
async function declarationFor(place: Place, artifacts: string): Promise<Declaration | undefined> {
  const isNamedAlone = named(place.artifacts) !== undefined && place.dataset === undefined;
  if (!isNamedAlone) return readDeclaration(datasetFolder(place.dataset));
  const id = await currentId(artifacts);
  if (id === undefined) return undefined;
  try {
    return (await readManifest(join(artifacts, 'current'), id)).manifest.dataset;
  } catch (error) {
    if (error instanceof ReleaseError) return undefined;
    throw error;
  }
}
