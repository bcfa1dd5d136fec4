// What a release knows of how far its predictions can be trusted: the document of the role `intervals`.

import { z } from 'zod';
import type { PlainData } from '../core/plain-data.ts';
import type { Trust } from '../explain/trust.ts';
import { fittedSchema } from './fitted-schema.ts';
import type { Release } from './read.ts';
import { ofDocuments, readDocument } from './read-document.ts';

const listSchema = z.object({
  parts: z.array(z.int()),
  residuals: z.instanceof(Float64Array),
  totals: z.instanceof(Float64Array).nullable(),
});

const learned = { column: z.string(), missing: z.boolean() };
const learnedSchema = z.discriminatedUnion('kind', [
  z.object({ ...learned, kind: z.literal('levels'), seen: z.array(z.int()) }),
  z.object({ ...learned, kind: z.literal('range'), range: z.object({ min: z.number(), max: z.number() }).nullable() }),
]);

const bins = { column: z.string(), bins: z.int() };
const pairsSchema = z.object({
  columns: z.array(
    z.discriminatedUnion('kind', [
      z.object({ ...bins, kind: z.literal('ordered'), cuts: z.array(z.number()) }),
      z.object({ ...bins, kind: z.literal('levels'), frequent: z.array(z.int()) }),
    ]),
  ),
  pairs: z.array(z.object({ one: z.int(), other: z.int(), rarity: z.instanceof(Float32Array) })),
  threshold: z.number(),
});

const setsSchema = z.object({
  groupOf: z.array(z.int()),
  groups: z.array(z.object({ rows: z.number(), lists: z.array(listSchema).min(1), level: z.number() })).min(1),
});

const trustSchema = z.object({
  intervals: z
    .object({ rows: z.number(), lists: z.array(listSchema).min(1), scale: fittedSchema.nullable() })
    .nullable(),
  /** Of numbers alone, as those of formats before 7, null. */
  sets: setsSchema.nullable().default(null),
  domain: z.object({
    columns: z.array(learnedSchema),
    density: z.object({ model: fittedSchema, threshold: z.number() }).nullable(),
    pairs: pairsSchema.nullable(),
  }),
}) satisfies z.ZodType<Trust>;

/** What is known as the document of a release. */
export function trustDocument(trust: Trust): PlainData {
  return trustSchema.parse(trust);
}

/**
 * What a release that was read knows; null of one of an older format.
 *
 * @throws ReleaseError where its document is none of that
 */
export async function readTrust(release: Release): Promise<Trust | null> {
  const { intervals } = release.manifest.files;
  if (!intervals) return null;
  return ofDocuments(release, 'intervals', async () => trustSchema.parse(await readDocument(release, intervals)));
}
