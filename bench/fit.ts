import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError } from 'commander';
import { jsonOption, writeJson } from '../ml/commands/output.ts';
import { Contest } from './contest.ts';
import { findPeers, type Peers, startPeers } from './peers/python.ts';
import { chosen, onlyOption, printRows, type Row } from './table.ts';
import { fitWorks } from './works.ts';

interface Options {
  readonly python?: string | false;
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
    .option(
      '--python <path>',
      'a Python that has the peers (default: one on the PATH, else one that is installed once)',
    )
    .option('--no-python', 'ours alone')
    .addOption(onlyOption())
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
  npm run bench -- fit --python ~/venv/bin/python`,
    )
    .action(run);
}

async function run({ python, only, rows: largest, repeat, json }: Options): Promise<void> {
  const works = chosen(fitWorks(largest), only);
  const peers = python === false ? 'not asked for' : findPeers(python || undefined);
  console.log(versions(peers));
  const contest = new Contest(repeat, typeof peers === 'string' ? undefined : () => startPeers(peers));
  const rows: Row[] = [];
  try {
    for (const work of works) rows.push(await contest.measure(work));
  } finally {
    contest.close();
  }
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}

function versions(peers: Peers | string): string {
  const here = `Node ${process.versions.node}, ${availableParallelism()} cores`;
  if (typeof peers === 'string') return `${here}; ours alone, theirs not measured: ${peers}`;
  return [here, ...Object.entries(peers.versions).map((entry) => entry.join(' '))].join(', ');
}
