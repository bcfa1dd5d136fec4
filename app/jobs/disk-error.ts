import { BusyError } from '../http-errors.ts';

const FULL = new Set(['ENOSPC', 'EDQUOT']);
const NOT_WRITABLE = new Set(['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EEXIST']);

/** What an error of the disk means for whoever sends a file; any other error as it is. */
export function diskError(cause: unknown): unknown {
  const { code = '' } = cause as NodeJS.ErrnoException;
  if (FULL.has(code))
    return new BusyError('The disk of the server is full. Try again in some minutes.', { retryAfter: 300, cause });
  if (NOT_WRITABLE.has(code))
    return new BusyError(
      `This server takes no files: the folder that BATCHES names cannot be written to (${code}). Its operator has to mend that.`,
      { retryAfter: 3600, cause },
    );
  return cause;
}
