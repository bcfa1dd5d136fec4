import { statSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import { isSameFile, isStandardOutput } from '../ml/core/destination.ts';
import { ParamError } from '../ml/core/errors.ts';
import { writeTextFile } from '../ml/core/files.ts';
import { jsonText } from '../ml/core/json.ts';
import { datasetFolder } from '../ml/data/dataset-setting.ts';
import { releasesFolder } from '../ml/release/releases-folder.ts';

/** The argument of an option that names a file to write: told before anything is done for what would go there. */
export function outputFile(path: string): string {
  if (path.trim() === '') throw new InvalidArgumentError('It must name a file.');
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
    throw new InvalidArgumentError('It is a folder; name a file.');
  return path;
}

/** `--json FILE`, which every command that prints a result takes. */
export function jsonOption(): Option {
  return new Option('--json <file>', 'also write the result there, for programs').argParser(outputFile);
}

/** What a command says that reads or writes releases: of which data set, or where they are. */
export interface Place {
  readonly dataset?: string;
  readonly artifacts?: string;
}

/** `--dataset DIR`; a blank one counts as not given. */
export function datasetOption(): Option {
  return new Option(
    '--dataset <dir>',
    'the folder that holds dataset.json (default: DATASET, else what package.json names)',
  );
}

/** `--artifacts DIR`; a blank one counts as not given. */
export function artifactsOption(): Option {
  return new Option('--artifacts <dir>', 'the folder of releases (default: the own one of the data set)').env(
    'ARTIFACTS',
  );
}

/** The folder of releases that `--artifacts` or ARTIFACTS names, if any does. */
export const named = (artifacts?: string): string | undefined => artifacts?.trim() || undefined;

/** The folder of releases: the one that is named, else that of the data set. */
export function artifactsFolder({ artifacts, dataset }: Place): string {
  return named(artifacts) ?? releasesFolder(datasetFolder(dataset));
}

/** Options that name files, by flag. */
type Files = Readonly<Record<string, string | undefined>>;

/** @throws ParamError where what one option writes would overwrite what another reads or writes. */
export async function checkOutputs(outputs: Files, inputs: Files = {}): Promise<void> {
  const given = (files: Files) =>
    Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const seen = given(inputs);
  for (const [flag, path] of given(outputs)) {
    for (const [other, otherPath] of seen) {
      if (await isSameFile(path, otherPath))
        throw new ParamError(`${flag} and ${other} name the same file; ${flag} must be another file`);
    }
    seen.push([flag, path]);
  }
}

/** The way to tell people something that keeps it out of a result which goes to where the process prints. */
export async function printerBeside(...outputs: readonly (string | undefined)[]): Promise<(text: string) => void> {
  const areStandard = await Promise.all(outputs.map((path) => path !== undefined && isStandardOutput(path)));
  return areStandard.includes(true) ? console.error : console.log;
}

export async function writeJson(file: string | undefined, result: unknown): Promise<void> {
  if (file !== undefined) await writeTextFile(file, jsonText(result));
}

/** Rows of text as aligned columns, the header first; columns named in `right` are numbers. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly string[] = [],
): string {
  const widths = header.map((name, j) => Math.max(name.length, ...rows.map((row) => row[j]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, j) =>
        right.includes(header[j] as string) ? cell.padStart(widths[j] as number) : cell.padEnd(widths[j] as number),
      )
      .join('  ')
      .trimEnd();
  return [line(header), ...rows.map(line)].join('\n');
}
