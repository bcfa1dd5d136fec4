import { DataError, hasCode } from '../../core/errors.ts';

/** What is said of a path where nothing is; an address is told apart, since no machine may hold what lies there. */
function missingFile(path: string, cause: unknown): DataError {
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return new DataError(`${path} does not exist`, { cause });
  const copy = /^s3:.*[^/]$/.test(path) ? ` (aws s3 cp ${path} .)` : '';
  return new DataError(
    `${path} is an address, and files of this machine alone are read here: bring it, or one of its files, here${copy}; ` +
      `or have a cluster read it where it lies: npm run train -- --on spark --input ${path}`,
    { cause },
  );
}

/** What is wrong with a file that somebody named and that cannot be read; else the error itself. Of a folder the system does not say which. */
export function fileError(path: string, error: unknown): unknown {
  if (hasCode(error, 'ENOENT')) return missingFile(path, error);
  if (hasCode(error, 'EISDIR')) return new DataError(`${path} is a folder, not a file`, { cause: error });
  return error;
}
