import { Command } from 'commander';
import { serverProcess } from '../../app/server-process.ts';
import { datasetFolder } from '../../ml/data/dataset-setting.ts';
import { datasetOption, jsonOption, writeJson } from '../output.ts';
import { whole } from './options.ts';

interface Options {
  readonly dataset?: string;
  readonly requests: number;
  readonly json?: string;
}

export function soakCommand(): Command {
  return new Command('soak')
    .description(
      "Whether a server's memory stays as it is: requests of all kinds (records, arrays, lines, forms, pages, files, wrong ones), and by how\n" +
        'much memory grows after the first tenth of them, along the line of least squares.',
    )
    .addOption(datasetOption())
    .option('--requests <n>', 'how many', whole, 2_000_000)
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  npm run bench -- soak\n  npm run bench -- soak --requests 100000')
    .action(run);
}

async function run({ dataset, requests, json }: Options): Promise<void> {
  const [{ measureSoak }, { printRows }] = await Promise.all([import('../../bench/soak.ts'), import('./tables.ts')]);
  const rows = await measureSoak({ dataset: datasetFolder(dataset), requests, server: serverProcess });
  console.log(`\n${printRows(rows)}`);
  await writeJson(json, rows);
}
