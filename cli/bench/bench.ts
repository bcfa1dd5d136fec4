import { Command } from 'commander';
import { accuracyCommand } from './accuracy.ts';
import { agreementCommand } from './agreement.ts';
import { declarationsCommand } from './declarations.ts';
import { driftCommand } from './drift.ts';
import { explainCommand } from './explain.ts';
import { fitCommand } from './fit.ts';
import { ingestionCommand } from './ingestion.ts';
import { leaderboardCommand } from './leaderboard.ts';
import { predictCommand } from './predict.ts';
import { scaleCommand } from './scale.ts';
import { serveCommand } from './serve.ts';
import { soakCommand } from './soak.ts';
import { tuneCommand } from './tune.ts';

export function benchCommand(): Command {
  return new Command('bench')
    .description(
      'Measure side by side with the peers; each bench prints a table of work, ours, theirs, ratio and target.',
    )
    .addHelpText('after', '\nExamples:\n  npm run bench -- fit --only students\n  npm run bench -- agreement')
    .addCommand(fitCommand())
    .addCommand(predictCommand())
    .addCommand(explainCommand())
    .addCommand(declarationsCommand())
    .addCommand(driftCommand())
    .addCommand(agreementCommand())
    .addCommand(ingestionCommand())
    .addCommand(scaleCommand())
    .addCommand(serveCommand())
    .addCommand(soakCommand())
    .addCommand(tuneCommand())
    .addCommand(leaderboardCommand())
    .addCommand(accuracyCommand())
    .hook('preAction', endAsAskedTo);
}

/** A signal ends the process as any other end does, so that what hangs on its exit is cleared away. */
function endAsAskedTo(): void {
  for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }))
    process.once(signal, () => process.exit(code));
}
