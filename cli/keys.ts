import { Command, Option } from 'commander';
import { type ApiKey, keyFileSchema, makeKey } from '../app/access/api-key.ts';
import { hasCode, ParamError } from '../ml/core/errors.ts';
import { jsonText } from '../ml/core/json.ts';
import { textTable } from './output.ts';

interface Options {
  readonly file: string;
}

export function keysCommand(): Command {
  const command = (name: string, summary: string) =>
    new Command(name)
      .description(summary)
      .addOption(new Option('--file <file>', 'the file of keys').env('ACCESS').makeOptionMandatory());
  return new Command('keys')
    .description(
      'Make, list and revoke keys of the service. The file holds no key, only what recognises it; a server whose ACCESS names the file\n' +
        'asks everybody for a key, and reads the file again when it changes.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  npm run keys -- create "Till 3" --file access.json\n  npm run keys -- list --file access.json',
    )
    .addCommand(
      command('create', 'Make a key, and the file where there is none; the key is told once.')
        .argument('<name>', 'whose it is')
        .addHelpText('after', '\nExamples:\n  npm run keys -- create "Till 3" --file access.json')
        .action(create),
    )
    .addCommand(
      command('list', 'List the keys that there are.')
        .addHelpText('after', '\nExamples:\n  npm run keys -- list --file access.json')
        .action(list),
    )
    .addCommand(
      command('revoke', 'Take a key out of force.')
        .argument('<id>', 'which one, as they are listed')
        .addHelpText('after', '\nExamples:\n  npm run keys -- revoke 0f3c9a51b2d4 --file access.json')
        .action(revoke),
    );
}

async function create(name: string, { file }: Options): Promise<void> {
  if (name.trim() === '') throw new ParamError('the name of a key must not be blank');
  const { kept, text } = makeKey(name.trim());
  await write(file, [...(await read(file, true)), kept]);
  // Alone on standard output, so that a script can take it.
  console.log(text);
  console.error(`This is the key ${kept.id} of ${kept.name}. It is not kept, so nobody can tell it again.`);
}

async function list({ file }: Options): Promise<void> {
  const keys = await read(file);
  const rows = keys.map(({ id, name, created }) => [id, created.slice(0, 10), name]);
  console.log(keys.length === 0 ? 'There are no keys.' : textTable(['id', 'created', 'name'], rows));
}

async function revoke(id: string, { file }: Options): Promise<void> {
  const keys = await read(file);
  const key = keys.find((each) => each.id === id);
  if (!key) throw new ParamError(`${file} has no key ${id}; npm run keys -- list shows those that there are`);
  await write(
    file,
    keys.filter((each) => each !== key),
  );
  console.log(`The key ${id} of ${key.name} is revoked.`);
}

/** @param mayLack whether a file that is not there holds none */
async function read(file: string, mayLack = false): Promise<readonly ApiKey[]> {
  const [{ readFile }, { fileError }] = await Promise.all([
    import('node:fs/promises'),
    import('../ml/data/sources/missing-file.ts'),
  ]);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    if (mayLack && hasCode(cause, 'ENOENT')) return [];
    if (hasCode(cause, 'ENOENT'))
      throw new ParamError(`there is no ${file}; npm run keys -- create NAME makes it`, { cause });
    throw fileError(file, cause);
  }
  try {
    return keyFileSchema.parse(JSON.parse(text)).keys;
  } catch (cause) {
    throw new ParamError(`${file} is not a file of keys`, { cause });
  }
}

async function write(file: string, keys: readonly ApiKey[]): Promise<void> {
  const { writeTextFile } = await import('../ml/core/files.ts');
  await writeTextFile(file, jsonText({ keys }));
}
