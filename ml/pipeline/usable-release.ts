import { ReleaseError } from '../core/errors.ts';
import type { Declaration } from '../data/declaration.ts';
import type { Release } from '../release/read.ts';
import { readUsableModel } from '../release/usable-model.ts';

/** The data set that a release is to be of. */
type Subject = Pick<Declaration, 'name' | 'target'>;

/**
 * Checks that a release that was read predicts, and the target of this data set.
 *
 * @param subject undefined where nothing says which data set it is to be of
 * @throws ReleaseError where it does not
 */
export async function checkUsable(release: Release, subject: Subject | undefined): Promise<void> {
  const { id, manifest } = release;
  const { name, target } = manifest.dataset;
  if (subject && (subject.name !== name || subject.target !== target))
    throw new ReleaseError(
      `release ${id} predicts ${target} of ${name}, not ${subject.target} of ${subject.name}, and is not put into use here`,
    );
  await readUsableModel(release);
}
