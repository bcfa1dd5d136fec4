/** A line of a declaration is no longer, but for lists of texts, which are wrapped. */
const WIDTH = 120;

/** Any value of JSON as it is read from a file. */
type Value = unknown;

/** A declaration as people edit it: a line for each field, and for each column, as far as there is room. */
export function declarationText(declaration: object): string {
  const fields = Object.entries(declaration).filter(([, value]) => value !== undefined);
  const lines = fields.map(([key, value]) => `  ${JSON.stringify(key)}: ${fieldText(value)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

function fieldText(value: Value): string {
  if (!Array.isArray(value) || value.length === 0) return inline(value);
  // Columns and sentences stand one below the other.
  const items = value.map((item) => `    ${isObject(item) ? columnText(item) : inline(item)}`);
  const line = inline(value);
  return line.length <= WIDTH - 20 && !value.some(isObject) ? line : `[\n${items.join(',\n')}\n  ]`;
}

function columnText(column: object): string {
  const line = inline(column);
  if (line.length <= WIDTH - 4) return line;
  const fields = Object.entries(column).filter(([, value]) => value !== undefined);
  const lines = fields.map(
    ([key, value]) => `      ${JSON.stringify(key)}: ${Array.isArray(value) ? wrapped(value) : inline(value)}`,
  );
  return `{\n${lines.join(',\n')}\n    }`;
}

/** A list of texts in as few lines as they take. */
function wrapped(items: readonly Value[]): string {
  const line = inline(items);
  if (line.length <= WIDTH - 20) return line;
  const lines: string[] = [''];
  for (const item of items) {
    const text = inline(item);
    const last = lines.at(-1) as string;
    if (last === '' || last.length + text.length + 2 <= WIDTH - 8)
      lines[lines.length - 1] = last === '' ? text : `${last}, ${text}`;
    else lines.push(text);
  }
  return `[\n${lines.map((each) => `        ${each}`).join(',\n')}\n      ]`;
}

function inline(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{ ${fields.map(([key, each]) => `${JSON.stringify(key)}: ${inline(each)}`).join(', ')} }`;
}

const isObject = (value: Value): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
