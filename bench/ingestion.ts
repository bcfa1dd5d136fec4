import fc from 'fast-check';
import { differenceOf } from './ingestion/compare.ts';
import { randomFile } from './ingestion/random-file.ts';

interface Found {
  readonly difference: string;
  /** The file, a character a byte; long runs of spaces are told by their length. */
  readonly file: string;
  readonly path: string | null;
}

interface Ingested {
  /** How many files were read. */
  readonly files: number;
  /** The first file that is read otherwise than plainly, shrunk to the smallest that is; null where there is none. */
  readonly found: Found | null;
}

/** Reads random CSV files by ingestion and plainly, until one differs. */
export async function compareIngestion(files: number, seed: number): Promise<Ingested> {
  const agreement = fc.asyncProperty(randomFile, async (file) => {
    const difference = await differenceOf(file);
    if (difference !== undefined) throw new Error(difference);
  });
  const { counterexample, errorInstance, numRuns, counterexamplePath } = await fc.check(agreement, {
    numRuns: files,
    seed,
  });
  const found = counterexample && {
    difference: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
    file: Buffer.from(counterexample[0].bytes)
      .toString('latin1')
      .replace(/ {100,}/, (pad) => `<${pad.length} spaces>`),
    path: counterexamplePath,
  };
  return { files: numRuns, found };
}
