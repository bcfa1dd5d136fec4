import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { hasCode, ReleaseError } from '../core/errors.ts';

/**
 * Reads or writes releases in `artifacts`; where the file system does not let this user, the error says so, and what to do.
 *
 * @throws ReleaseError that training again does not mend
 */
export async function withAccess<T>(artifacts: string, to: 'read' | 'write', work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const message = refusal(cause, artifacts, to);
    if (message === undefined) throw cause;
    throw new ReleaseError(message, { cause, trainingMends: false });
  }
}

/**
 * Whether a release may be written into `artifacts`, or the folder be made; nothing is.
 *
 * @throws ReleaseError where it may not
 */
export async function checkWritable(artifacts: string): Promise<void> {
  await withAccess(artifacts, 'write', async () => {
    for (let folder = resolve(artifacts); ; folder = dirname(folder)) {
      try {
        // With its dot, a file is no folder.
        return await access(`${folder}/.`, constants.W_OK | constants.X_OK);
      } catch (error) {
        if (!hasCode(error, 'ENOENT')) throw error;
      }
    }
  });
}

function refusal(error: unknown, artifacts: string, to: 'read' | 'write'): string | undefined {
  const path = (error as { path?: string }).path ?? artifacts;
  const elsewhere = 'or name another folder (--artifacts, ARTIFACTS)';
  if (hasCode(error, 'EROFS'))
    return `${path} is on a file system that cannot be written. Mount it writable, ${elsewhere}`;
  if (hasCode(error, 'ENOTDIR') || hasCode(error, 'EEXIST'))
    return `${artifacts} cannot hold releases: it, or what it is in, is not a folder. Remove that, ${elsewhere}`;
  if (!hasCode(error, 'EACCES') && !hasCode(error, 'EPERM')) return undefined;
  const who = `${process.getuid ? `user ${process.getuid()}` : 'this user'}`;
  return to === 'read'
    ? `${who} is not permitted to read ${path}. A release can be read by the user who trained it alone, until that user allows others: chmod -R a+rX ${artifacts}`
    : `${who} is not permitted to write ${path}. Let its owner give it to this user (chown -R ${process.getuid?.() ?? 'USER'} ${artifacts}), ${elsewhere}`;
}
