import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { ParamError } from '../ml/core/errors.ts';
import type { FeatureColumn } from '../ml/data/declaration.ts';
import { recordFromTexts } from '../ml/data/record.ts';

/**
 * A record from a flag for each field, as `--name value` or `--name=value`; names may have dashes for underscores.
 *
 * @param taken names of options that the command has itself, which no flag of a field can be.
 * @throws ParamError
 */
export function recordFromFlags(
  features: readonly FeatureColumn[],
  flags: readonly string[],
  taken: ReadonlySet<string>,
): Record<string, unknown> {
  const hidden = features.find(({ name }) => taken.has(name));
  if (hidden) {
    throw new ParamError(
      `--${hidden.name} is an option of this command, so the field ${hidden.name} has no flag; give the record as --record '{"${hidden.name}": …}'`,
    );
  }
  const names = new Map(features.flatMap(({ name }) => [name, name.replaceAll('_', '-')].map((flag) => [flag, name])));
  const texts: Record<string, string> = {};
  for (let i = 0; i < flags.length; i++) {
    const [, flag, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(flags[i] as string) ?? [];
    const name = names.get(flag ?? '');
    if (name === undefined) {
      const fields = features.map(({ name }) => `--${name}`).join(' ');
      const what = flag === undefined ? `Unexpected argument '${flags[i]}'` : `Unknown option '--${flag}'`;
      throw new ParamError(`${what}. The fields are: ${fields}`);
    }
    const value = inline ?? flags[++i];
    // A single dash may start a negative number or a level.
    if (value === undefined || (inline === undefined && value.startsWith('--')))
      throw new ParamError(`--${flag} needs a value`);
    if (Object.hasOwn(texts, name)) throw new ParamError(`--${flag} is given twice`);
    texts[name] = value;
  }
  return recordFromTexts(features, texts);
}

/**
 * Node puts U+FFFD in place of bytes that it cannot read.
 *
 * @throws ParamError where the command line holds such bytes, as far as the system tells.
 */
export function checkEncoding(texts: readonly (string | undefined)[]): void {
  if (process.platform !== 'linux' || !texts.some((text) => text?.includes('\ufffd'))) return;
  if (isUtf8(readFileSync('/proc/self/cmdline'))) return;
  throw new ParamError('the command line has bytes that are not UTF-8; set the terminal to UTF-8');
}
