import { readdirSync } from 'node:fs';
import { Command } from 'commander';
import { jsonOption, writeJson } from '../cli/output.ts';
import { ParamError } from '../ml/core/errors.ts';
import { estimatorNamed, estimatorNames } from '../ml/estimators/index.ts';
import { resolveParams } from '../ml/estimators/params.ts';
import { score } from '../ml/selection/metrics.ts';
import { type Answer, referenceAnswers } from '../test/reference/answers.ts';
import { referenceSample } from '../test/reference/data.ts';
import { pythonOption } from './peers/python.ts';
import { runRandom } from './random/run.ts';
import { chosen, onlyOption, printRows, type Row, rowOf, verdict, whole } from './table.ts';

/** How far mean R² over seeds may be apart. */
const TOLERANCE = 0.01;

/** How many random problems a family has, unless it is said. */
const PROBLEMS = 300;

export function agreementCommand(): Command {
  return new Command('agreement')
    .description(
      'Mean holdout R² over 20 seeds of what is random, beside what the references gave (test/reference/answers/).\n' +
        `The target is the largest difference: ${TOLERANCE}. It needs no Python.\n\n` +
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

interface Options {
  readonly only?: string;
  readonly random?: number | true;
  readonly seed?: number;
  readonly python?: string;
  readonly json?: string;
}

async function run({ only, random, seed, python, json }: Options): Promise<void> {
  if (random !== undefined)
    return runRandom({ random: random === true ? PROBLEMS : random, seed: seed ?? 1, only, python, json });
  if (seed !== undefined || python !== undefined) throw new ParamError('--seed and --python go with --random');
  const rows: Row[] = [];
  for (const comparison of chosen(comparisons(), only)) {
    const row = rowOf(
      { work: comparison.work, unit: 'R²', target: TOLERANCE },
      await meanR2(comparison),
      comparison.answer.r2,
      'difference',
    );
    console.error(`  ${row.work}: R² ${row.ours}, theirs ${row.theirs}, ${verdict(row.holds)}`);
    rows.push(row);
  }
  console.log(`Mean holdout R²; the target is the largest difference.\n\n${printRows(rows)}`);
  await writeJson(json, rows);
}

interface Comparison {
  readonly work: string;
  readonly model: string;
  readonly answer: Answer;
}

/** Each answer that is a mean over seeds, of the estimators that are here. */
function comparisons(): Comparison[] {
  const asked = readdirSync(new URL('../test/reference/answers', import.meta.url)).map((file) =>
    file.replace('.json', ''),
  );
  return estimatorNames
    .filter((model) => asked.includes(model))
    .flatMap((model) =>
      referenceAnswers(model)
        .answers.filter(({ seeds }) => seeds !== undefined)
        .map((answer) => ({ work: nameOf(model, answer), model, answer })),
    );
}

function nameOf(model: string, { data, encoding, params }: Answer): string {
  const set = Object.entries(params).map(([name, value]) => `${name} ${value}`);
  return [model, `${data} (${encoding})`, ...set].join(', ');
}

async function meanR2({ model, answer: { data, encoding, params, seeds = 1 } }: Comparison): Promise<number> {
  const { x, y, holdoutX, holdoutY } = await referenceSample(data, encoding);
  const estimator = estimatorNamed(model);
  const values = resolveParams(model, estimator.params, params);
  let sum = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const state = estimator.fit({ x, y, params: values, seed, threads: 2 });
    sum += score(holdoutY, estimator.predict(state, holdoutX).values).r2;
  }
  return sum / seeds;
}
