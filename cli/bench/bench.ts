// npm run bench: measurements beside the peers; a bench is a file here and a line below.

import { Command, CommanderError } from 'commander';
import { agreementCommand } from '../../bench/agreement.ts';
import { fitCommand } from '../../bench/fit.ts';
import { ingestionCommand } from '../../bench/ingestion.ts';
import { ParamError } from '../../ml/core/errors.ts';

const program = new Command('bench')
  .description(
    'Measure side by side with the peers; each bench prints a table of work, ours, theirs, ratio and target.',
  )
  .exitOverride()
  .addCommand(fitCommand())
  .addCommand(agreementCommand())
  .addCommand(ingestionCommand());
for (const command of program.commands) command.exitOverride().showHelpAfterError('(--help shows examples)');

// A signal ends this process as any other end does, so that what hangs on its exit is cleared away.
for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }))
  process.once(signal, () => process.exit(code));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Prints what an error means to the person who typed the command; returns the exit code. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  console.error(error instanceof Error ? `Error: ${error.message}` : error);
  return error instanceof ParamError ? 2 : 1;
}
