import { Command } from 'commander';
import { ParamError } from '../../ml/core/errors.ts';
import { listReleases } from '../../ml/release/list.ts';
import {
  artifactsFolder,
  artifactsOption,
  datasetOption,
  jsonOption,
  type Place,
  printerBeside,
  textTable,
  writeJson,
} from '../output.ts';
import { summaryOf } from './summary.ts';

export function releasesListCommand(): Command {
  return new Command('list')
    .description('List the releases of the data set, the newest first (the same as no command).')
    .allowExcessArguments()
    .addOption(datasetOption())
    .addOption(artifactsOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExamples:\n  npm run releases\n  npm run releases -- list --json releases.json')
    .action(async ({ json, ...place }: Place & { json?: string }, { args: [other] }: Command) => {
      if (other !== undefined)
        throw new ParamError(`there is no command "${other}"; there are: list, show, compare, promote, rollback`);
      await run(place, json);
    });
}

async function run(place: Place, json: string | undefined): Promise<void> {
  const artifacts = artifactsFolder(place);
  const releases = (await listReleases(artifacts)).map(summaryOf);
  const print = await printerBeside(json);
  const header = ['', 'release', 'written (UTC)', 'model', 'rows', 'held out', 'verdict'];
  const rows = releases.map(({ id, state, written, model, rows, score, verdict, problem }) => [
    state === 'in use' ? '*' : '',
    id,
    written.slice(0, 16).replace('T', ' '),
    model ?? '',
    rows === null ? '' : String(rows),
    score ?? '',
    problem === null ? (verdict ?? '') : `cannot be read: ${problem}`,
  ]);
  if (releases.length === 0) print(`There is no release in ${artifacts} yet. Train one: npm run train`);
  else {
    print(textTable(header, rows, ['rows']));
    const isUsed = releases.some(({ state }) => state === 'in use');
    print(isUsed ? '* is in use' : 'None is in use. Put one into use: npm run releases -- promote ID');
  }
  await writeJson(json, releases);
}
