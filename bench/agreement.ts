import { readdirSync } from 'node:fs';
import { Command } from 'commander';
import { jsonOption, writeJson } from '../ml/commands/output.ts';
import { score } from '../ml/metrics.ts';
import { regressorNamed, regressorNames } from '../ml/regressors/index.ts';
import { resolveParams } from '../ml/regressors/params.ts';
import { type Answer, referenceAnswers } from '../test/reference/answers.ts';
import { referenceSample } from '../test/reference/data.ts';
import { chosen, onlyOption, printRows, type Row, rowOf, verdict } from './table.ts';

/** How far mean R² over seeds may be apart. */
const TOLERANCE = 0.01;

export function agreementCommand(): Command {
  return new Command('agreement')
    .description(
      'Mean holdout R² over 20 seeds of what is random, beside what the references gave (test/reference/answers/).\n' +
        `The target is the largest difference: ${TOLERANCE}. It needs no Python.`,
    )
    .addOption(onlyOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- agreement\n  npm run bench -- agreement --only shops --json agreement.json',
    )
    .action(run);
}

async function run({ only, json }: { readonly only?: string; readonly json?: string }): Promise<void> {
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

/** Each answer that is a mean over seeds, of the regressors that are here. */
function comparisons(): Comparison[] {
  const asked = readdirSync(new URL('../test/reference/answers', import.meta.url)).map((file) =>
    file.replace('.json', ''),
  );
  return regressorNames
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
  const regressor = regressorNamed(model);
  const values = resolveParams(model, regressor.params, params);
  let sum = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const state = regressor.fit(x, y, values, seed, { threads: 2 });
    sum += score(holdoutY, regressor.predict(state, holdoutX)).r2;
  }
  return sum / seeds;
}
