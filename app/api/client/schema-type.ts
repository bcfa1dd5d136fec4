/** As much of JSON Schema as the API is described by. */
export interface JsonSchema {
  readonly description?: string | undefined;
  readonly type?: string | readonly string[];
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
}

/** The TypeScript type of what a schema allows. @param depth how far it is indented, in steps */
export function typeOf(schema: JsonSchema, depth = 0): string {
  const { const: only, enum: values, anyOf, type } = schema;
  if (only !== undefined) return JSON.stringify(only);
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (anyOf) return [...new Set(anyOf.map((each) => typeOf(each, depth)))].join(' | ');
  if (Array.isArray(type)) return type.map((each: string) => namedType(each, schema, depth)).join(' | ');
  return typeof type === 'string' ? namedType(type, schema, depth) : 'unknown';
}

function namedType(type: string, schema: JsonSchema, depth: number): string {
  switch (type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return arrayType(schema, depth);
    case 'object':
      return objectType(schema, depth);
    default:
      return type;
  }
}

function arrayType({ items, prefixItems }: JsonSchema, depth: number): string {
  if (prefixItems) return `[${prefixItems.map((each) => typeOf(each, depth)).join(', ')}]`;
  const item = typeOf(items ?? {}, depth);
  return /[ |]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
}

function objectType({ properties, required = [], additionalProperties }: JsonSchema, depth: number): string {
  if (!properties)
    return typeof additionalProperties === 'object'
      ? `Record<string, ${typeOf(additionalProperties, depth)}>`
      : 'object';
  const inner = '  '.repeat(depth + 1);
  const lines = Object.entries(properties).map(([name, each]) => {
    const mark = required.includes(name) ? '' : '?';
    return `${commentOf(each.description, inner)}${inner}${keyOf(name)}${mark}: ${typeOf(each, depth + 1)};\n`;
  });
  return `{\n${lines.join('')}${'  '.repeat(depth)}}`;
}

/** A comment in front of a property; nothing where there is nothing to say. */
export function commentOf(text: string | undefined, indent: string): string {
  return text ? `${indent}/** ${text.replaceAll('*/', '*\\/').replaceAll(/\s+/g, ' ')} */\n` : '';
}

/** A property's name as TypeScript writes it. */
export const keyOf = (name: string) => (/^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name));
