import { Command } from 'commander';
import type { DeclarationsOptions } from '../../bench/declarations.ts';
import { jsonOption, writeJson } from '../output.ts';
import { onlyOption } from './options.ts';

export function declarationsCommand(): Command {
  return new Command('declarations')
    .description(
      'What npm run init makes of the tables of the accuracy bench (ours), beside what was declared by hand (theirs): R², and of classes the\n' +
        'skill in log loss, of a linear model and of XGBoost at their defaults, in cross-validation on the same rows. The target is how\n' +
        'much worse ours may be.',
    )
    .addOption(onlyOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- declarations                             (minutes)' +
        '\n  npm run bench -- declarations --only cars --json cars.json',
    )
    .action(run);
}

async function run({ json, ...options }: DeclarationsOptions & { readonly json?: string }): Promise<void> {
  const [{ measureDeclarations }, { printRows }] = await Promise.all([
    import('../../bench/declarations.ts'),
    import('./tables.ts'),
  ]);
  const rows = await measureDeclarations(options);
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}
