import { Command, CommanderError } from 'commander';
import { DataError, ParamError, ReleaseError } from '../ml/core/errors.ts';
import { modelsCommand } from './models.ts';
import { predictCommand } from './predict.ts';
import { trainCommand } from './train.ts';

const program = new Command('plumbline')
  .description('From a CSV to a prediction service: train a model, predict with it, list what can be trained.')
  .exitOverride()
  .addCommand(trainCommand())
  .addCommand(predictCommand())
  .addCommand(modelsCommand());
for (const command of program.commands) command.exitOverride().showHelpAfterError('(--help shows examples)');

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Prints what an error means to the person who typed the command; returns the exit code. */
function report(error: unknown): number {
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
  // Of the file system it is the system's own words: no permission, no space left.
  if (error instanceof ReleaseError || (error instanceof Error && 'syscall' in error)) {
    console.error(`Error: ${error.message}`);
    return 1;
  }
  console.error(error);
  return 70;
}
