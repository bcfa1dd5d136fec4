// Schemas in words, and as tables of fields.

import { clip } from '../../../ml/serving.ts';
import { type JsonSchema, typeOf } from '../../api/client/schema-type.ts';
import type { DescribedSchema } from './described-api.ts';

/** More fields are told of by their number alone. */
const MOST_FIELDS = 300;
const LONGEST_TYPE = 240;

interface Field {
  readonly name: string;
  /** As TypeScript writes it. */
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
}

/** An object of the API. */
export interface Shape {
  readonly name: string;
  readonly description: string;
  readonly fields: readonly Field[];
  /** How many fields are not told of. */
  readonly left: number;
}

/** What a body is, by the names of schemas: "Record or array of Record". */
export function inWords(schema: DescribedSchema): string {
  const { $ref, type, items, oneOf, anyOf, allOf, description } = schema;
  if (typeof $ref === 'string') return $ref.replace('#/components/schemas/', '');
  const several = oneOf ?? anyOf;
  if (Array.isArray(several)) return several.map(inWords).join(' or ');
  if (Array.isArray(allOf)) return inWords(allOf[0]);
  if (type === 'array' && isSchema(items)) return `array of ${inWords(items)}`;
  if (type === 'string' && typeof description === 'string') return description;
  return typeof type === 'string' ? type : 'anything';
}

const isSchema = (value: unknown): value is DescribedSchema => typeof value === 'object' && value !== null;

/** @param described what fields are beyond their types, by name. @default as the schema says */
export function shapeOf(name: string, schema: JsonSchema, described: ReadonlyMap<string, string> = new Map()): Shape {
  const { properties = {}, required = [], description = '' } = schema;
  const all = Object.entries(properties);
  return {
    name,
    description,
    fields: all.slice(0, MOST_FIELDS).map(([field, each]) => ({
      name: field,
      type: clip(
        typeOf(each)
          .replaceAll(/\/\*\*.*?\*\/\s*/g, '')
          .replaceAll(/\s+/g, ' '),
        LONGEST_TYPE,
      ),
      isRequired: required.includes(field),
      description: described.get(field) ?? each.description ?? '',
    })),
    left: Math.max(0, all.length - MOST_FIELDS),
  };
}
