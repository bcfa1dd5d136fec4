import { Command } from 'commander';
import { serverProcess } from '../../app/server-process.ts';
import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { datasetOption, jsonOption, writeJson } from '../output.ts';
import { whole } from './options.ts';

interface Options {
  readonly dataset?: string;
  readonly python: boolean;
  readonly repeat: number;
  readonly seconds: number;
  readonly json?: string;
}

export function serveCommand(): Command {
  return new Command('serve')
    .description(
      'How fast a linear model of the data set is served: beside the least that node:http does with the same bytes, FastAPI under\n' +
        'uvicorn, and Flask under gunicorn; how long an answer takes at half that load, arrays, the start, and memory. In turns, under\n' +
        'autocannon; the best of each side counts.',
    )
    .addOption(datasetOption())
    .option('--no-python', "without Python's servers")
    .option('--repeat <n>', 'how often each side is measured', whole, 3)
    .option('--seconds <n>', 'for how long each time', whole, 5)
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples:\n  npm run bench -- serve\n  npm run bench -- serve --no-python --json serve.json',
    )
    .action(run);
}

async function run({ dataset, json, ...options }: Options): Promise<void> {
  const [{ measureServing }, { printRows }] = await Promise.all([
    import('../../bench/serve.ts'),
    import('./tables.ts'),
  ]);
  const rows = await measureServing({ ...options, dataset: datasetFolder(dataset), server: serverProcess });
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}
