import { parseArgs } from 'node:util';
import { Command } from 'commander';
import type { Column } from '../dataset.ts';
import { allowed } from '../dataset.ts';
import { ParamError } from '../errors.ts';
import type { Predictor } from '../predict.ts';
import { recordFromTexts } from '../record.ts';
import {
  artifactsFolder,
  artifactsOption,
  datasetOption,
  jsonOption,
  type Place,
  textTable,
  writeJson,
} from './output.ts';

interface Options extends Place {
  readonly record?: string;
  readonly csv?: string;
  readonly out?: string;
  readonly json?: string;
}

/** Three decimals, or five digits where that is more. */
const shown = new Intl.NumberFormat('en', {
  useGrouping: false,
  maximumFractionDigits: 3,
  maximumSignificantDigits: 5,
  roundingPriority: 'morePrecision',
});

export function predictCommand(): Command {
  return new Command('predict')
    .description(
      'Predict with the release in use: one record by a flag for each field (--gender male …), or a whole CSV.',
    )
    .option('--record <json>', 'one record, as {"gender": "male", …}')
    .option('--csv <file>', 'a CSV of records; an empty cell is imputed')
    .option('--out <file>', 'where to write that CSV with a column "prediction" added')
    .addOption(datasetOption())
    .addOption(artifactsOption())
    .addOption(jsonOption())
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText(
      'after',
      `
Examples:
  npm run predict -- --gender male --race_ethnicity "group B" \\
    --parental_level_of_education "bachelor's degree" --lunch standard \\
    --test_preparation_course completed --writing_score 96 --reading_score 87
  npm run predict -- --record '{"gender": "male", …}' --json prediction.json
  npm run predict -- --csv students.csv --out predicted.csv

Called without a record, it lists the fields of the release in use.`,
    )
    .action(async (options: Options, command: Command) => run(options, command.args));
}

async function run(options: Options, flags: string[]): Promise<void> {
  const { record, csv, out, json } = options;
  if ((csv === undefined) !== (out === undefined)) throw new ParamError('--csv and --out go together');
  if ([record, csv, flags[0]].filter((given) => given !== undefined).length > 1) {
    throw new ParamError('give one of --record, --csv with --out, or a flag for each field');
  }
  const { loadPredictor } = await import('../predict.ts');
  const predictor = await loadPredictor(artifactsFolder(options));
  const { release, target } = predictor;
  if (csv !== undefined && out !== undefined) {
    const { predictCsv } = await import('../predict-csv.ts');
    const rows = await predictCsv(predictor, csv, out);
    console.log(`${rows} predictions of ${target.name} written to ${out} (release ${release})`);
    await writeJson(json, { release, target: target.name, rows, out });
    return;
  }
  if (record === undefined && flags.length === 0) throw new ParamError(usage(predictor));
  const prediction = predictor.predict(
    record === undefined ? recordFromFlags(predictor.features, flags) : parseRecord(record),
  );
  console.log(
    `${target.title}: ${shown.format(prediction)}${target.unit ? ` ${target.unit}` : ''} (release ${release})`,
  );
  await writeJson(json, { prediction, target: target.name, release });
}

function parseRecord(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ParamError(`--record is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** Flags may be written with dashes or underscores. */
function recordFromFlags(features: readonly Column[], flags: string[]): Record<string, unknown> {
  const names = new Map(features.flatMap(({ name }) => [name, name.replaceAll('_', '-')].map((flag) => [flag, name])));
  const options = Object.fromEntries(
    [...names.keys()].map((flag) => [flag, { type: 'string', multiple: true } as const]),
  );
  let values: { [flag: string]: string[] | undefined };
  try {
    ({ values } = parseArgs({ args: flags, options }));
  } catch (error) {
    const fields = features.map(({ name }) => `--${name}`).join(' ');
    throw new ParamError(`${(error as Error).message.split('. ')[0]}. The fields are: ${fields}`, { cause: error });
  }
  const texts: Record<string, string> = {};
  for (const [flag, given = []] of Object.entries(values)) {
    const name = names.get(flag) as string;
    if (given.length > 1 || Object.hasOwn(texts, name)) throw new ParamError(`--${flag} is given twice`);
    texts[name] = given[0] as string;
  }
  return recordFromTexts(features, texts);
}

function usage({ release, features }: Predictor): string {
  const rows = features.map((column) => [`  --${column.name}`, allowed(column)]);
  return `give a flag for each field of release ${release}:\n${textTable(['  field', 'takes'], rows)}\n(--help shows examples)`;
}
