/**
 * For `JSON.stringify`: refuses numbers that are not finite. JSON has none, and would write null in their place.
 *
 * @throws Error naming the key
 */
export function refuseNotFinite(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new Error(`${key} is ${value}; JSON has no such number`);
  return value;
}

/**
 * A value as the text of a JSON file; `replace` may put another in the place of any in it.
 *
 * @throws Error where a number is not finite
 */
export function jsonText(value: unknown, replace: (value: unknown) => unknown = (value) => value): string {
  return `${JSON.stringify(value, (key, each) => refuseNotFinite(key, replace(each)), 2)}\n`;
}
