import { Option } from 'commander';
import { writeTextFile } from '../files.ts';

/** `--json FILE`, which every command that prints a result takes. */
export function jsonOption(): Option {
  return new Option('--json <file>', 'also write the result there, for programs');
}

/** `--artifacts DIR`, which every command that reads or writes a release takes. */
export function artifactsOption(): Option {
  return new Option('--artifacts <dir>', 'the folder of releases')
    .env('ARTIFACTS')
    .default('artifacts')
    .argParser((value) => value.trim() || 'artifacts');
}

export async function writeJson(file: string | undefined, result: unknown): Promise<void> {
  if (file !== undefined) await writeTextFile(file, `${JSON.stringify(result, null, 2)}\n`);
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
