import { CommanderError } from 'commander';
import { MeasurementError } from '../bench/measurement-error.ts';
import { ToolError } from '../infra/commands/tool-error.ts';
import { DataError, ParamError, ReleaseError } from '../ml/core/errors.ts';

/** What can be mended by whoever typed the command; of the file system it is the system's own words: no space left. */
const isExpected = (error: unknown): error is Error =>
  error instanceof ReleaseError ||
  error instanceof ToolError ||
  error instanceof MeasurementError ||
  (error instanceof Error && 'syscall' in error);

/** Prints what an error means to the person who typed the command; returns the exit code: 0 for help, 1, 2, or 70 for a bug. */
export function tellError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof ParamError) {
    console.error(`Error: ${error.message}`);
    return 2;
  }
  if (error instanceof DataError) {
    const rest = error.total - error.issues.length;
    console.error(`Error: ${error.message}`);
    for (const { path, message } of error.issues) console.error(`  ${path === '' ? '' : `${path}: `}${message}`);
    if (rest > 0) console.error(`  … and ${rest} more`);
    return 1;
  }
  if (isExpected(error)) {
    console.error(`Error: ${error.message}`);
    return 1;
  }
  console.error(error);
  return 70;
}
