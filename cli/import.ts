import { Command } from 'commander';
import { ParamError } from '../ml/core/errors.ts';
import { datasetFolder } from '../ml/data/dataset-setting.ts';
import type { ImportResult } from '../ml/pipeline/import/import-model.ts';
import { shown } from '../ml/selection/metric.ts';
import {
  artifactsOption,
  checkOutputs,
  datasetOption,
  jsonOption,
  named,
  type Place,
  printerBeside,
  textTable,
  writeJson,
} from './output.ts';

/** Features that are told of one by one. */
const TOLD = 30;

interface Options extends Place {
  /** False where --no-proof is said. */
  readonly proof?: string | false;
  readonly features?: string[];
  readonly classes?: string[];
  readonly rounds?: number;
  readonly use: boolean;
  readonly json?: string;
}

const list = (text: string) => text.split(',').map((each) => each.trim());

export function importCommand(): Command {
  return new Command('import')
    .argument('<file>', 'what XGBoost (save_model: JSON, UBJ), LightGBM, CatBoost (JSON) or ONNX-ML wrote')
    .summary('Make a release of a model that was trained elsewhere.')
    .description(
      'Makes a release of a model that another program has trained: it is read by its content, its features are found among\n' +
        "the data set's columns, and rows of proof have to come to the predictions that the program gave them.",
    )
    .addOption(datasetOption())
    .option(
      '--proof <csv>',
      "rows with the data set's columns and a column prediction; of classes probability_CLASS for each, or of two the one of interest",
    )
    .option('--no-proof', 'release it though nothing shows that it predicts here as it did there')
    .option(
      '--features <names>',
      "the data set's columns in the order of the model's features, separated by commas; colour=red of a 0/1 column",
      list,
    )
    .option('--classes <levels>', "the target's levels in the order of the model's classes, separated by commas", list)
    .option(
      '--rounds <n>',
      'of XGBoost, how many rounds count (default: up to the best one of a scikit-learn class after early stopping, all of a Booster)',
      Number,
    )
    .option('--no-use', 'keep the release in use; npm run releases -- promote ID takes the new one later')
    .addOption(artifactsOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npm run import -- model.ubj --dataset data/cars --proof rows.csv
  npm run import -- model.json --proof rows.csv --features mileage,age,fuel=diesel,fuel=petrol
  npm run import -- model.json --proof rows.csv --classes no,yes --no-use
  npm run import -- model.ubj --no-proof

The rows of proof, in Python:
  rows.assign(prediction=model.predict(rows)).to_csv("rows.csv", index=False)`,
    )
    .action(run);
}

async function run(file: string, { proof, json, features, classes, rounds, use, ...place }: Options): Promise<void> {
  if (proof === undefined)
    throw new ParamError(
      'nothing shows that the model predicts here as it did there: give rows with its predictions (--proof rows.csv), or say --no-proof',
    );
  await checkOutputs({ '--json': json }, { FILE: file, '--proof': proof || undefined });
  const { importModel } = await import('../ml/pipeline/import/import-model.ts');
  const dataset = datasetFolder(place.dataset);
  const result = await importModel({
    file,
    dataset,
    proof: proof || null,
    artifacts: named(place.artifacts),
    features,
    classes,
    rounds,
    use,
  });
  const print = await printerBeside(json);
  print(summaryOf(result, use));
  const { release, imported, holdout, hasIntervals } = result;
  const { trainingOf } = await import('../ml/report/training-of.ts');
  // As a training tells of itself, so that `report --training` takes it.
  await writeJson(json, {
    ...trainingOf(release.manifest),
    release: release.id,
    path: release.path,
    why: release.manifest.why,
    use,
    format: imported.format,
    features: result.features.map(({ feature, column, how }) => ({ feature, column, how })),
    proof: result.proof,
    holdout,
    hasIntervals,
  });
}

function summaryOf(
  { release, imported, features, proof, task, holdout, hasIntervals }: ImportResult,
  use: boolean,
): string {
  const { name, version, objective } = imported.format;
  const rows = features.slice(0, TOLD).map(({ feature, column, how }) => [`  ${feature}`, column, how]);
  const left = features.length - rows.length;
  const scores = holdout && task.metrics.map((metric) => `${metric.title} ${shown(metric, holdout)}`).join(', ');
  return [
    `${name}${version === null ? '' : ` ${version}`}, ${objective}`,
    ...(imported.note === undefined ? [] : [`Note: ${imported.note}`]),
    textTable(['  feature', 'column', 'taken as'], rows),
    ...(left > 0 ? [`  … and ${left} more`] : []),
    '',
    proof
      ? `Proof: ${proof.rows} rows are predicted as they were there, to within ${proof.difference.toExponential(1)}`
      : 'Proof: none. Nothing shows that it predicts here as it did there',
    scores
      ? `Scores on the ${proof?.labelled} rows of proof that have a target: ${scores}`
      : 'Scores: none are known, without rows of proof that have a target',
    ...(hasIntervals
      ? []
      : [
          `It cannot say how sure it is: that takes some twenty rows of proof or more with a target, which it has not learned from`,
        ]),
    `Released ${release.id} in ${release.path}${use ? '' : `; it is not in use: npm run releases -- promote ${release.id}`}`,
  ].join('\n');
}
