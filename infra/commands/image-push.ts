// Puts an image into the registry under its commit.

import { inspectImage, pullImage } from './image.ts';
import { whileLoggedIn } from './registry-login.ts';
import { run, show } from './tool.ts';
import { ToolError } from './tool-error.ts';

interface PushedImage {
  /** The commit that it was built from. */
  readonly tag: string;
  /** `sha256:…`, by which it can be deployed. */
  readonly digest: string;
  /** The release in the image of that digest. */
  readonly release: string;
  /** The release in the image that was to be pushed. */
  readonly ours: string;
  /** Whether an image of that commit was pushed earlier, which then stays. */
  readonly wasThere: boolean;
}

/**
 * Pushes an image, unless one of its commit was pushed already.
 *
 * @param repository `ACCOUNT.dkr.ecr.REGION.amazonaws.com/NAME`
 * @throws ToolError where it was not built from a commit, or the registry does not take it
 */
export async function pushImage(name: string, repository: string): Promise<PushedImage> {
  const { commit, release: ours } = inspectImage(name);
  if (!/^[0-9a-f]{40}$/.test(commit)) {
    throw new ToolError(
      `${name} was not built from a commit (${commit || 'outside git'}), and a tag must mean one. Commit, then: npm run image`,
    );
  }
  const reference = `${repository}:${commit}`;
  return whileLoggedIn(repository, () => {
    const wasThere = pullImage(reference);
    if (!wasThere) {
      run('docker', ['tag', name, reference]);
      show('docker', ['push', reference]);
    }
    const { repoDigests, release } = inspectImage(reference);
    const found = repoDigests.find((digest) => digest.startsWith(`${repository}@`));
    if (!found) throw new ToolError(`Docker does not know the digest of ${reference} after pushing it.`);
    return { tag: commit, digest: found.slice(repository.length + 1), release, ours, wasThere };
  });
}
