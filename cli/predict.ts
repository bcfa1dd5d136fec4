import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { DataError, ParamError } from '../ml/core/errors.ts';
import { headerKey } from '../ml/data/header-key.ts';
import { parseJson } from '../ml/data/json.ts';
import { featureKindOf } from '../ml/data/kinds/index.ts';
import { lacksIntervals } from '../ml/pipeline/added-columns.ts';
import type { PredictedCsv } from '../ml/pipeline/predict-csv.ts';
import type { ClassPredictor, NumberPredictor, Predictor } from '../ml/pipeline/predictor.ts';
import { classExplanationText, classText, setText } from './class-text.ts';
import { explanationText, intervalText, predictionText } from './explanation-text.ts';
import { checkEncoding, recordFromFlags } from './flags.ts';
import {
  artifactsFolder,
  artifactsOption,
  checkOutputs,
  datasetOption,
  jsonOption,
  outputFile,
  type Place,
  printerBeside,
  textTable,
  writeJson,
} from './output.ts';

interface Options extends Place {
  readonly record?: string;
  readonly csv?: string;
  readonly out?: string;
  readonly strict?: boolean;
  readonly interval?: boolean;
  readonly explain?: boolean;
  readonly json?: string;
}

const ISSUES_TOLD = 5;

export function predictCommand(): Command {
  return new Command('predict')
    .description(
      'Predict with the release in use: one record by a flag for each field (--gender male …), or a whole CSV.',
    )
    .option('--record <json>', 'one record, as {"gender": "male", …}')
    .option('--csv <file>', 'a CSV of records; an empty cell is imputed')
    .option(
      '--out <file>',
      'where to write that CSV with a column "prediction" added ("prediction_2" where it has one); of classes one for each probability as well',
      outputFile,
    )
    .option(
      '--interval',
      'add where the true value lies in nine of ten cases, to a CSV as two columns; of classes which ones it could be, as one',
    )
    .option(
      '--explain',
      'say how sure the prediction is, what each field did to it, and what the model has not learned from; of a CSV in columns',
    )
    .option('--strict', 'refuse a CSV with a row that cannot be predicted, in place of leaving its prediction empty')
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
  npm run predict -- --record '{"gender": "male", …}' --explain
  npm run predict -- --csv students.csv --out predicted.csv
  npm run predict -- --csv students.csv --out predicted.csv --interval --explain

A row of a CSV that cannot be predicted (a value that is not allowed, a row of another width) keeps an empty
prediction, and a column "problem" says why; the command warns and exits with 0, or with 1 and nothing
written where no row can be predicted, the file cannot be read to its end, or --strict is given.

--interval adds the columns prediction_low and prediction_high to a CSV; --explain adds base (what the model predicts on
average), a column contribution_… for each field (base and contributions sum to the prediction), and outside (what of
the row the model has not learned from). A name that the file has already gets a number.

Of a target with levels, the column prediction has the most probable one, and a column probability_… each of them has how
probable it is. --interval adds prediction_set, the levels that it could be, separated by "; "; --explain adds
explained_class, the level whose log-odds base and contributions sum to.

Called without a record, it lists the fields of the release in use.`,
    )
    .action(async (options: Options, command: Command) => {
      const own = new Set(['help', ...command.options.map(({ long }) => (long as string).slice(2))]);
      await run(options, command.args, own);
    });
}

async function run(options: Options, flags: string[], own: ReadonlySet<string>): Promise<void> {
  const { record, csv, out, json } = options;
  checkEncoding([record, ...flags]);
  if ((csv === undefined) !== (out === undefined)) throw new ParamError('--csv and --out go together');
  if ([record, csv, flags[0]].filter((given) => given !== undefined).length > 1) {
    throw new ParamError('give one of --record, --csv with --out, or a flag for each field');
  }
  await checkOutputs({ '--out': out, '--json': json }, { '--csv': csv });
  const print = await printerBeside(out, json);
  const { loadPredictor } = await import('../ml/pipeline/predict.ts');
  const predictor = await loadPredictor(artifactsFolder(options), availableParallelism());
  const { release, target } = predictor;
  if (csv !== undefined && out !== undefined) {
    const { predictCsv } = await import('../ml/pipeline/predict-csv.ts');
    const { strict, interval, explain } = options;
    const result = await predictCsv(predictor, csv, out, { strict, interval, explain });
    print(`${result.predicted} predictions of ${target.name} written to ${out} (release ${release})`);
    for (const line of csvNotes(result)) console.error(line);
    const { rows, predicted, column, added, probabilities, problemColumn, issues } = result;
    await writeJson(json, {
      release,
      target: target.name,
      rows,
      predicted,
      column,
      added,
      ...(probabilities && { probabilities }),
      problem_column: problemColumn,
      issues,
      out,
    });
    return;
  }
  if (record === undefined && flags.length === 0) throw new ParamError(usage(predictor, own));
  const given = record === undefined ? recordFromFlags(predictor.features, flags, own) : parseRecord(record);
  const answer = answerTo(given, predictor, options);
  print(answer.text);
  await writeJson(json, { ...answer.json, target: target.name, release });
}

/** What is told of a record, and written for programs. */
function answerTo(record: unknown, predictor: Predictor, asked: Options): Told {
  return predictor.task === 'regression'
    ? numberAnswer(record, predictor, asked)
    : classAnswer(record, predictor, asked);
}

interface Told {
  readonly text: string;
  readonly json: object;
}

function numberAnswer(record: unknown, predictor: NumberPredictor, { interval: isBounded, explain }: Options): Told {
  if (!isBounded && !explain) {
    const prediction = predictor.predict(record);
    return { text: predictionText(prediction, predictor), json: { prediction } };
  }
  const explanation = predictor.explain(record);
  const { prediction, interval } = explanation;
  if (isBounded && interval === null) throw lacksIntervals(predictor);
  const lines = [predictionText(prediction, predictor), intervalText(interval, predictor)];
  if (!explain) return { text: lines.join('\n'), json: { prediction, interval } };
  // What was explained is a record, so it is an object.
  const reasons = explanationText(explanation, predictor, record as Readonly<Record<string, unknown>>);
  return { text: [...lines, '', reasons].join('\n'), json: explanation };
}

function classAnswer(record: unknown, predictor: ClassPredictor, { interval: hasSet, explain }: Options): Told {
  if (!hasSet && !explain) {
    const predicted = predictor.predict(record);
    return { text: classText(predicted, predictor), json: predicted };
  }
  const explanation = predictor.explain(record);
  const { prediction, probabilities, set } = explanation;
  if (hasSet && set === null) throw lacksIntervals(predictor);
  const lines = [classText(explanation, predictor), setText(explanation)];
  if (!explain) return { text: lines.join('\n'), json: { prediction, probabilities, set } };
  const reasons = classExplanationText(explanation, predictor, record as Readonly<Record<string, unknown>>);
  return { text: [...lines, '', reasons].join('\n'), json: explanation };
}

/** What somebody should know of a file that was predicted. */
function csvNotes(result: PredictedCsv): string[] {
  const { rows, predicted, column, added, probabilities, problemColumn, issues, rounded } = result;
  const notes = rounded.map((sentence) => `Note: ${sentence}`);
  if (column !== 'prediction')
    notes.push(`The column is called ${column}: the file has another that reads like prediction`);
  for (const [name, other] of Object.entries(added))
    if (name !== other) notes.push(`The column ${name} is called ${other}: the file has another that reads like it`);
  for (const [level, name] of Object.entries(probabilities ?? {}))
    if (headerKey(name) !== headerKey(`probability_${level}`))
      notes.push(`The probability of ${level} is in the column ${name}`);
  if (problemColumn === null) return notes;
  const told = issues.slice(0, ISSUES_TOLD).map(({ path, message }) => `  ${path === '' ? '' : `${path}: `}${message}`);
  if (issues.length > ISSUES_TOLD) told.push(`  … and ${issues.length - ISSUES_TOLD} more`);
  return [
    ...notes,
    `Warning: ${rows - predicted} of ${rows} rows have no prediction; the column ${problemColumn} says why:`,
    ...told,
  ];
}

function parseRecord(text: string): unknown {
  try {
    return parseJson(text, '--record');
  } catch (error) {
    throw error instanceof DataError ? new ParamError(error.message, { cause: error }) : error;
  }
}

function usage({ release, features }: Predictor, own: ReadonlySet<string>): string {
  const rows = features.map((column) => [
    `  --${column.name}`,
    `${featureKindOf(column).allowed()}${own.has(column.name) ? ' (by --record only: the flag is an option of this command)' : ''}`,
  ]);
  return `give a flag for each field of release ${release}:\n${textTable(['  field', 'takes'], rows)}\n(--help shows examples)`;
}
