import { InvalidArgumentError, Option } from 'commander';

/** `--only TEXT`, which every bench takes. */
export function onlyOption(): Option {
  return new Option('--only <text>', 'only the works whose name has this text');
}

/** `--python PATH`, which every bench takes that asks the peers. */
export function pythonOption(): Option {
  return new Option(
    '--python <path>',
    'a Python that has the peers (default: one on the PATH, else one that is installed once)',
  );
}

/** A whole number from 1, as an option has it. */
export function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1.');
  return value;
}

/** Names that are separated by commas, as an option has them. */
export function names(text: string): string[] {
  const all = text.split(',').flatMap((name) => name.trim() || []);
  if (all.length === 0) throw new InvalidArgumentError('It must be names, separated by commas.');
  return all;
}
