import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../temporary.ts';

const releases = join(import.meta.dirname, '../../../fixtures/releases');

/** A release that an older version wrote, and what it predicted by it. */
export interface Recorded {
  /** `format-2/xgboost`. */
  readonly name: string;
  readonly format: number;
  /** The release's id. */
  readonly release: string;
  /** The folder of releases; not to be written to. */
  readonly artifacts: string;
  readonly answers: readonly { readonly record: Readonly<Record<string, unknown>>; readonly prediction: number }[];
}

/** Every release of an older format that is recorded. */
export const recordedReleases: readonly Recorded[] = readdirSync(releases)
  .filter((name) => name.startsWith('format-'))
  .flatMap((format) =>
    readdirSync(join(releases, format)).map((model) => {
      const artifacts = join(releases, format, model);
      return {
        name: `${format}/${model}`,
        format: Number(format.replace('format-', '')),
        artifacts,
        ...JSON.parse(readFileSync(join(artifacts, 'predictions.json'), 'utf8')),
      };
    }),
  );

/** A recorded release by its name. */
export function recorded(name: string): Recorded {
  const found = recordedReleases.find((each) => each.name === name);
  if (!found) throw new Error(`nothing is recorded as ${name}`);
  return found;
}

/** A copy of its folder of releases, for what writes there. */
export function copyOf({ artifacts }: Recorded): string {
  const copy = join(temporaryFolder(), 'artifacts');
  cpSync(artifacts, copy, {
    recursive: true,
    filter: (path) => !path.endsWith('predictions.json'),
  });
  return copy;
}
