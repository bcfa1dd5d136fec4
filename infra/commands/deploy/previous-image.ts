import { setOutput } from '../workflow-output.ts';

/**
 * Tells the later jobs of a workflow which image was live before: they go back to that one, and no further however often they run. It
 * is the same one where the deploy found its image live already: the version before that, which nobody asked for, stays where it is. By its
 * digest, since a repository's address may be a secret, and GitHub drops an output that has a secret in it.
 */
export function tellPrevious(image: string): void {
  setOutput('previous', image.slice(image.indexOf('@') + 1));
}
