// How a release of an older format is read: each migration brings what it reads one format further, in memory. What lies
// on disk stays as it is. test/fixtures/releases/ has releases of each format, and what they predicted when they were written.

import { RELEASE_FORMAT } from '../manifest.ts';
import { fromFormat2 } from './from-format-2.ts';
import { fromFormat3 } from './from-format-3.ts';
import { fromFormat4 } from './from-format-4.ts';
import { fromFormat5 } from './from-format-5.ts';
import { fromFormat6 } from './from-format-6.ts';
import { fromFormat7 } from './from-format-7.ts';
import type { Documents, Migration } from './migration.ts';

const migrations: readonly Migration[] = [fromFormat2, fromFormat3, fromFormat4, fromFormat5, fromFormat6, fromFormat7];

/** Every format that is read, in words: "2 to 8". */
export const readableFormats = `${migrations[0]?.from} to ${RELEASE_FORMAT}`;

/** Whether this version reads releases of a format. */
export function isReadable(format: unknown): format is number {
  return format === RELEASE_FORMAT || migrations.some(({ from }) => from === format);
}

/**
 * What a manifest of `format` would be in today's, not checked yet.
 *
 * @throws ZodError where it is not one of that format
 */
export function migrateManifest(format: number, manifest: unknown): unknown {
  return migrationsFrom(format).reduce((migrated, migration) => migration.manifest(migrated), manifest);
}

/**
 * What documents of `format` would be in today's; an estimator predicts by them what it did by the old ones.
 *
 * @throws ZodError where they are none of that format
 */
export function migrateDocuments(format: number, documents: Documents): Documents {
  return migrationsFrom(format).reduce((migrated, migration) => migration.documents(migrated), documents);
}

function migrationsFrom(format: number): readonly Migration[] {
  return format === RELEASE_FORMAT ? [] : migrations.filter(({ from }) => from >= format);
}
