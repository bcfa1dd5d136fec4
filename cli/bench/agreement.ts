import { Command } from 'commander';
import type { RandomOptions } from '../../bench/random/run.ts';
import { ParamError } from '../../ml/core/errors.ts';
import { jsonOption, writeJson } from '../output.ts';
import { onlyOption, pythonOption, whole } from './options.ts';

/** How many random problems a family has, unless it is said. */
const PROBLEMS = 300;

interface Options {
  readonly only?: string;
  readonly random?: number | true;
  readonly seed?: number;
  readonly python?: string;
  readonly json?: string;
}

export function agreementCommand(): Command {
  return new Command('agreement')
    .description(
      'Mean holdout R² over 20 seeds of what is random, beside what the references gave (test/reference/answers/).\n' +
        'The target is the largest difference: 0.01. It needs no Python.\n\n' +
        'With --random: random problems with random parameters instead, put to both sides. What disagrees beyond what\n' +
        'docs/guide/models.md promises is listed, shrunk to the smallest problem that was found.',
    )
    .addOption(onlyOption())
    .option('--random [n]', 'so many random problems for each family that has a reference (default: 300)', whole)
    .option('--seed <n>', 'with --random: other problems', whole)
    .addOption(pythonOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- agreement\n  npm run bench -- agreement --only shops --json agreement.json' +
        '\n  npm run bench -- agreement --random\n  npm run bench -- agreement --random 1000 --only catboost --seed 7 --json found.json',
    )
    .action(run);
}

async function run({ only, random, seed, python, json }: Options): Promise<void> {
  if (random !== undefined) {
    const problems = random === true ? PROBLEMS : random;
    await tryRandom({ random: problems, seed: seed ?? 1, only, python }, json);
    return;
  }
  if (seed !== undefined || python !== undefined) throw new ParamError('--seed and --python go with --random');
  const [{ measureAgreement }, { printRows }] = await Promise.all([
    import('../../bench/agreement.ts'),
    import('./tables.ts'),
  ]);
  const rows = await measureAgreement(only);
  console.log(`Mean scores on held-out rows; the target is the largest difference.\n\n${printRows(rows)}`);
  await writeJson(json, rows);
}

async function tryRandom(options: RandomOptions, json: string | undefined): Promise<void> {
  const [{ runRandom }, { printFamilies }] = await Promise.all([
    import('../../bench/random/run.ts'),
    import('./tables.ts'),
  ]);
  const { versions, families, leftOut, disagreements } = await runRandom(options);
  console.log(printFamilies(families));
  await writeJson(json, { versions, seed: options.seed, families, left_out: leftOut, disagreements });
}
