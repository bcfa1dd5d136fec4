import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { jsonOption, writeJson } from '../cli/output.ts';
import { ParamError } from '../ml/core/errors.ts';
import { Contest } from './contest.ts';
import { findPeers, pythonOption, startPeers } from './peers/python.ts';
import { type Side, startOurs } from './side.ts';
import { chosen, onlyOption, printRows, type Row, whole } from './table.ts';
import { besideEarlier, fitWorks } from './works.ts';

interface Options {
  readonly python?: string | false;
  readonly before?: string;
  readonly only?: string;
  readonly rows: number;
  readonly repeat: number;
  readonly json?: string;
}

export function fitCommand(): Command {
  return new Command('fit')
    .description(
      'Time to learn, time to predict and memory, beside scikit-learn, xgboost, catboost and ml-random-forest.\n' +
        'Ours and theirs take turns, with 2 threads at most; the best time of each counts.',
    )
    .addOption(pythonOption())
    .option('--no-python', 'ours alone')
    .addOption(onlyOption())
    .option('--before <folder>', 'a checkout of an earlier Plumbline, which takes the place of the peers')
    .option('--rows <n>', 'of the largest data; the others have a tenth and a hundredth of them', whole, 1_000_000)
    .option('--repeat <n>', 'how often each side is measured', whole, 5)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  npm run bench -- fit                                  (about five minutes)
  npm run bench -- fit --only students --json fit.json
  npm run bench -- fit --only xgboost --rows 100000 --repeat 3
  npm run bench -- fit --python ~/venv/bin/python
  git worktree add ../before HEAD~1 && (cd ../before && npm ci) && npm run bench -- fit --before ../before`,
    )
    .action(run);
}

async function run({ python, before, only, rows: largest, repeat, json }: Options): Promise<void> {
  const works = chosen(before === undefined ? fitWorks(largest) : besideEarlier(fitWorks(largest)), only);
  const peers = before === undefined ? findSide(python) : earlier(before);
  console.log(`Node ${process.versions.node}, ${availableParallelism()} cores${peers.said}`);
  const contest = new Contest(repeat, peers.start);
  const rows: Row[] = [];
  try {
    for (const work of works) rows.push(await contest.measure(work));
  } finally {
    contest.close();
  }
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}

/** The other side of a comparison, if there is one, and what is said of it. */
interface Other {
  readonly start?: () => Side;
  readonly said: string;
}

function findSide(python: Options['python']): Other {
  const peers = python === false ? 'not asked for' : findPeers(python || undefined);
  if (typeof peers === 'string') return { said: `; ours alone, theirs not measured: ${peers}` };
  return {
    start: () => startPeers(peers),
    said: Object.entries(peers.versions)
      .map((it) => `, ${it.join(' ')}`)
      .join(''),
  };
}

function earlier(folder: string): Other {
  if (existsSync(join(folder, 'bench/ours.ts')) && existsSync(join(folder, 'node_modules')))
    return { start: () => startOurs(resolve(folder)), said: `; theirs is the Plumbline in ${folder}` };
  throw new ParamError(`--before: ${folder} is no checkout of Plumbline whose packages are installed (npm ci)`);
}
