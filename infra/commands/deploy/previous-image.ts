import { setOutput } from '../workflow-output.ts';

/**
 * Tells the later jobs of a workflow which image was live before: they go back to that one, and no further however often they run. By its
 * digest, since a repository's address may be a secret, and GitHub drops an output that has a secret in it.
 */
export function tellPrevious(image: string): void {
  setOutput('previous', image.slice(image.indexOf('@') + 1));
}
