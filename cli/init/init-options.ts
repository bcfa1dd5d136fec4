import { type Command, Option } from 'commander';
import type { DayOrder } from '../../ml/data/inference/decide-date.ts';
import type { WantedTask } from '../../ml/data/inference/decide-target.ts';

/** What init is told of a file, and npm start as well. */
export interface InitOptions {
  readonly target?: string;
  readonly task?: WantedTask;
  readonly positive?: string;
  /** False is none. */
  readonly group?: string | false;
  readonly time?: string | false;
  readonly weight?: string;
  readonly dates?: DayOrder;
  readonly name?: string;
  readonly out?: string;
  readonly force?: true;
}

export function withInitOptions(command: Command): Command {
  return command
    .option('--target <column>', 'the column to predict, by its header or name')
    .addOption(
      new Option('--task <task>', 'whether the target is a number or a class (default: by its values)').choices([
        'regression',
        'classes',
      ]),
    )
    .option(
      '--positive <text>',
      'of a target of two texts, the one that is of interest (default: yes, or the rarer one)',
    )
    .option('--group <column>', 'the column that says which rows belong together (default: one that shows it)')
    .option('--no-group', 'no column says so')
    .option('--time <column>', 'the column that says when each row was (default: one that shows it)')
    .option('--no-time', 'no column says so')
    .option('--weight <column>', 'the column that says how much each row counts (default: each counts the same)')
    .addOption(
      new Option('--dates <order>', 'which of day and month stands first where the file leaves it open').choices([
        'day-first',
        'month-first',
      ]),
    )
    .option('--name <name>', 'what the data set is called (default: as the file)')
    .option('--out <dir>', 'the folder of the data set (default: data/NAME)')
    .option('--force', 'replace a data set that is there');
}
