import { Command } from 'commander';
import fc from 'fast-check';
import { jsonOption, writeJson } from '../cli/output.ts';
import { differenceOf } from './ingestion/compare.ts';
import { randomFile } from './ingestion/random-file.ts';
import { whole } from './table.ts';

interface Options {
  readonly random: number;
  readonly seed: number;
  readonly json?: string;
}

export function ingestionCommand(): Command {
  return new Command('ingestion')
    .description(
      'Random CSV files, read by ingestion and plainly: bytes, encodings, quotes, line ends, delimiters in quotes, types that\n' +
        'change in a row, borders of chunks. The first difference is shown, shrunk to the smallest file that has it.',
    )
    .option('--random <n>', 'so many files', whole, 1000)
    .option('--seed <n>', 'other files', whole, 1)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- ingestion\n  npm run bench -- ingestion --random 100000 --seed 7',
    )
    .action(run);
}

async function run({ random, seed, json }: Options): Promise<void> {
  const agreement = fc.asyncProperty(randomFile, async (file) => {
    const difference = await differenceOf(file);
    if (difference !== undefined) throw new Error(difference);
  });
  const { failed, counterexample, errorInstance, numRuns, counterexamplePath } = await fc.check(agreement, {
    numRuns: random,
    seed,
  });
  const found = counterexample && {
    difference: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
    file: Buffer.from(counterexample[0].bytes)
      .toString('latin1')
      .replace(/ {100,}/, (pad) => `<${pad.length} spaces>`),
    path: counterexamplePath,
  };
  console.log(
    found
      ? `File ${numRuns} differs.\n  ${JSON.stringify(found.file)}\n  ${found.difference}`
      : `${numRuns} files read as they are.`,
  );
  await writeJson(json, { files: numRuns, seed, found: found ?? null });
  if (failed) process.exitCode = 1;
}
