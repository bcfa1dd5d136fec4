// The kinds that a column may have: a file each, and a line here.

import { z } from 'zod';
import { categorical } from './categorical.ts';
import type { AnyColumn, ColumnKind, FeatureKind, Role } from './column-kind.ts';
import { constant } from './constant.ts';
import { date } from './date.ts';
import { identifier } from './identifier.ts';
import { leaking } from './leaking.ts';
import { numeric } from './numeric.ts';
import { text } from './text.ts';
import { yesNo } from './yes-no.ts';

/** Those that models read. */
const featureKinds = [numeric, categorical, yesNo, date] as const;
/** Those that are kept from them. */
const keptOutKinds = [identifier, constant, text, leaking] as const;
const kinds = [...featureKinds, ...keptOutKinds] as const;

const [first, ...others] = kinds;

/** What a declaration says of a column. */
export const columnSchema = z.discriminatedUnion('kind', [first.schema, ...others.map(({ schema }) => schema)]);

/** A column of any kind; its `name` is the one on the wire. */
export type Column = z.infer<typeof columnSchema>;
/** A column of a kind that models can read. */
export type FeatureColumn = z.infer<(typeof featureKinds)[number]['schema']>;
/** What declarations call a kind. */
export type KindName = Column['kind'];

/** The names of all kinds. */
export const kindNames: readonly KindName[] = kinds.map(({ name }) => name);

/** Whether a column is of a kind that models can read. */
export function isReadable(column: Column): column is FeatureColumn {
  return featureKinds.some(({ name }) => name === column.kind);
}

/** What is known of a column by its kind. */
export const kindOf: (column: Column) => ColumnKind = describer<ColumnKind>(kinds);

/** What is known of a column that models can read. */
export const featureKindOf: (column: FeatureColumn) => FeatureKind = describer<FeatureKind>(featureKinds);

/** The kinds of which a column may be what a role asks for. */
export const kindsFor = (role: Role): readonly KindName[] =>
  kinds.flatMap((kind) => (kind.roles.includes(role) ? [kind.name] : []));

/** A function from a column to what its kind says of it, worked out once. */
function describer<Described extends ColumnKind>(
  kinds: readonly { of(column: AnyColumn): Described | undefined }[],
): (column: AnyColumn) => Described {
  const known = new WeakMap<AnyColumn, Described>();
  return (column) => {
    const described = known.get(column) ?? kinds.map((kind) => kind.of(column)).find((each) => each !== undefined);
    if (!described) throw new Error(`there is no kind ${column.kind}`);
    known.set(column, described);
    return described;
  };
}
