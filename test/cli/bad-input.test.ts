// What somebody types wrongly, at every command: one sentence that names it, exit code 1 or 2, and never a stack trace.

import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { start } from '../processes.ts';
import { trainedFolder } from './house-folder.ts';

const { at, options } = trainedFolder();
const [, dataset = ''] = options;

/** Within the folder of the houses, which they name where they are not told otherwise. */
async function tell(args: readonly string[]) {
  const inFolder = args.map((arg) => arg.replace(/^@/, `${at('')}/`));
  const { code, stdout, stderr } = await start(['cli/plumbline.ts', ...inFolder], {
    DATASET: dataset,
    ARTIFACTS: at('artifacts'),
  }).exit;
  return { code, stdout, stderr: stderr.replaceAll(`${at('')}/`, '@') };
}

/** Files that are not what is asked for; @ stands for where they lie. */
function writeFiles(): void {
  mkdirSync(at('folder'), { recursive: true });
  writeFileSync(at('empty'), '');
  writeFileSync(at('header.csv'), 'area,rooms,heating,price\n');
  writeFileSync(at('noise'), Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919 + 13) % 256)));
  writeFileSync(at('broken.json'), '{"a": ');
  writeFileSync(at('list.json'), '["a"]');
}

const missing = /@none\.csv does not exist/;
const folder = /@folder is a folder/;

/** How a command is called, with which exit code it ends, and what it says. */
const table: Readonly<Record<string, readonly [args: string, code: 1 | 2, says: RegExp][]>> = {
  'a file that is not there': [
    ['start @none.csv', 1, missing],
    ['train --params @none.csv', 1, missing],
    ['train --holdout-rows @none.csv', 1, missing],
    ['train --like @none.csv', 1, /none\.csv has no manifest\.json\. Train again/],
    ['import @none.csv --no-proof', 1, missing],
    ['predict --csv @none.csv --out @out.csv', 1, missing],
    ['predict --area 3 --artifacts @none.csv', 1, /no release in @none\.csv yet\. Train one: npm run train/],
    ['keys list --file @none.csv', 2, /no @none\.csv; npm run keys -- create NAME makes it/],
  ],
  'a folder in the place of a file': [
    ['init @folder --target price', 1, folder],
    ['start @folder', 1, folder],
    ['train --params @folder', 1, folder],
    ['import @folder --no-proof', 1, folder],
    ['predict --csv @folder --out @out.csv', 1, folder],
    ['report --training @folder', 1, folder],
    ['keys create somebody --file @folder', 1, folder],
  ],
  'a folder, or nothing, as the file to write, before anything is done': [
    ['train --json @folder', 2, /--json <file>' argument '@folder' is invalid\. It is a folder; name a file/],
    ['predict --csv @houses.csv --out @folder', 2, /'@folder' is invalid\. It is a folder; name a file/],
    ['releases promote current --json @folder', 2, /It is a folder; name a file/],
    ['init @houses.csv --target price --json @folder', 2, /It is a folder; name a file/],
    ['client --out=', 2, /It must name a file/],
    ['bench fit --json @folder', 2, /It is a folder; name a file/],
  ],
  'a file that holds nothing, or something else': [
    ['init @empty --target price', 1, /@empty is empty/],
    ['train --data @header.csv', 1, /header\.csv has a header and no rows/],
    ['train --params @empty', 1, /@empty is not JSON/],
    ['train --params @list.json', 1, /must be an object of models/],
    ['train --holdout-rows @broken.json', 1, /@broken\.json is not JSON/],
    ['train --dataset @empty', 1, /takes the folder that holds dataset\.json, and @empty is a file/],
    ['train --artifacts @empty', 1, /@empty cannot hold releases/],
    ['import @empty --no-proof', 1, /no model that can be imported; those that can be are: XGBoost/],
    ['predict --csv @noise --out @out.csv', 1, /@noise has no readable header/],
    ['report --training @list.json', 1, /@list\.json is not what it should be: Invalid input: expected object/],
    ['report --training @broken.json', 1, /is not what it should be: it is not JSON/],
    ['keys list --file @noise', 2, /@noise is not a file of keys/],
  ],
  'a number, a time or a name that is none': [
    ['train --budget -5m', 2, /'-5m' is invalid\. It must be a time: 60s, 10m or 2h/],
    ['train --folds 1.5', 2, /folds is 1\.5; it must be a whole number from 2 to 100/],
    ['train --workers 0', 2, /workers is 0; it must be a whole number from 1 to 1024/],
    ['train --tolerance -1', 2, /tolerance is -1; it must be a finite number, 0 or more/],
    ['train --models nope', 2, /nope/],
    ['train --metric nope', 2, /nope/],
    ['train --on spark --rounds 0', 2, /--rounds is 0; it must be a whole number from 1 to 100000/],
    ['live nowhere', 2, /It must be an address with http/],
    ['live http://127.0.0.1:9 --seconds -1', 2, /It must be a number of seconds/],
    ['cost --requests -1', 2, /It must be a number, such as 250k/],
    ['cost --size fleet --min 0', 2, /It must be a whole number from 1 to 1000/],
    ['cost --region moon', 2, /moon/],
    ['deploy latest', 2, /It must be REPOSITORY@sha256:DIGEST/],
    [`deploy r@sha256:${'a'.repeat(64)} --target moon/x`, 1, /moon\/x is no target .* npm run github:setup/],
    ['check-data --fail-on nope', 2, /nope/],
    ['check-data --against zzz', 2, /zzz/],
    ['releases show zzz', 2, /zzz/],
    ['init @houses.csv --target nope', 2, /nope/],
    ['init @houses.csv --target price --group nope', 2, /nope/],
    ['keys create --file @keys.json ', 2, /missing required argument 'name'|must not be blank/],
  ],
};

describe.each(Object.entries(table))('%s', (_, cases) => {
  it.each(cases)('%s', async (args, code, says) => {
    writeFiles();
    const told = await tell(args.trim().split(' '));
    expect(told).toEqual({ code, stdout: '', stderr: expect.stringMatching(says) });
    expect(told.stderr).toMatch(/^error: /im);
    expect(told.stderr).not.toMatch(/^\s+at /m);
  });
});
