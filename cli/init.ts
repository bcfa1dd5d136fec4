import { Command } from 'commander';
import { ParamError } from '../ml/core/errors.ts';
import { type InitOptions, withInitOptions } from './init/init-options.ts';
import { checkOutputs, jsonOption, printerBeside, writeJson } from './output.ts';
import { outputWidth } from './wrap-text.ts';

interface Options extends InitOptions {
  readonly update?: true;
  readonly json?: string;
}

export function initCommand(): Command {
  return withInitOptions(new Command('init'))
    .summary('Make a data set of a file that nobody prepared.')
    .description(
      'Reads a file (CSV of any delimiter and encoding, packed by gzip or not, Parquet, JSON, NDJSON), decides what its columns\n' +
        'are, and writes dataset.json with the file beside it. It says why, and what to look at; dataset.json is yours to edit.',
    )
    .argument('[file]', "the file; with --update, one that takes the place of the data set's own")
    .option('--update', "read a data set's file again, and keep every edit of its dataset.json")
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npm run init -- ~/cars.csv --target price
  npm run init -- ~/cars.csv                     (asks for the target, or lists what could be it)
  npm run init -- visits.csv.gz --target readmitted --positive yes --group patient_id
  npm run init -- sales.parquet --target revenue --time month --out data/sales
  npm run init -- wine.csv --target quality --task classes
  npm run init -- --update --out data/cars       (reads its file again, keeps what was edited)
  npm run init -- ~/cars-2.csv --update --out data/cars`,
    )
    .action(run);
}

async function run(file: string | undefined, { update, json, ...options }: Options): Promise<void> {
  if (file === undefined && !update)
    throw new ParamError('init takes a file: npm run init -- path/to/file.csv --target column');
  await checkOutputs({ '--json': json }, { 'the file': file });
  const print = await printerBeside(json);
  const { initSummary, nextCommands } = await import('./init/init-summary.ts');
  if (update) {
    const { updateFolder } = await import('./init/update-folder.ts');
    const { result, evidence } = await updateFolder(file, options);
    print(initSummary(result, evidence, outputWidth()));
    await writeJson(json, result);
  } else if (file !== undefined) {
    const { initFile } = await import('./init/init-file.ts');
    const { result, evidence } = await initFile(file, options);
    print(`${initSummary(result, evidence, outputWidth())}\n\n${nextCommands(result.folder)}`);
    await writeJson(json, result);
  }
}
