// The JSON files of a release: plain data, whose large arrays are sections of the binary file beside them.
//
//   {"int32": [3, 1, 2]}                           a small array
//   {"float64": {"offset": 4096, "length": 1137}}  a large one: so many numbers, from a byte on

import { z } from 'zod';
import { jsonText } from '../core/json.ts';
import { arrayEntry, arrayIn, arrayNameOf, arrayTypes, type PlainArray, type PlainData } from '../core/plain-data.ts';
import { type ArrayPacker, PackingError } from './packed-arrays.ts';

/** So many numbers are read at a glance. */
const SMALL = 16;

const sectionSchema = z.strictObject({ offset: z.int().nonnegative(), length: z.int().nonnegative() });

/**
 * Plain data as the text of a JSON file. Large arrays are packed, and those with what JSON has not: NaN, infinities, −0.
 *
 * @throws Error where a number outside of arrays is not finite
 */
export function documentText(data: PlainData, arrays: ArrayPacker): string {
  return jsonText(data, (value) => {
    if (ArrayBuffer.isView(value)) return encode(value as PlainArray, arrays);
    const entry = arrayEntry(value);
    if (entry)
      throw new Error(`an object whose only key is ${entry.name} stands for an array, and cannot be plain data`);
    return value;
  });
}

function encode(values: PlainArray, arrays: ArrayPacker): Record<string, unknown> {
  const fitsJson = (value: number) => Number.isFinite(value) && !Object.is(value, -0);
  const isShort = values.length <= SMALL && values.every(fitsJson);
  return {
    [arrayNameOf(values)]: isShort ? Array.from(values) : { offset: arrays.add(values), length: values.length },
  };
}

/**
 * The data whose JSON text this is; every bit of every number is as it was. Large arrays are views of `arrays`.
 *
 * @param arrays what `unpackArrays` gave
 * @throws PackingError where a section lies outside of it
 */
export function documentOf(text: string, arrays: SharedArrayBuffer): PlainData {
  return JSON.parse(text, (_, value) => decode(value, arrays) ?? value);
}

function decode(value: unknown, arrays: SharedArrayBuffer): PlainArray | undefined {
  const entry = arrayEntry(value);
  if (!entry) return undefined;
  const { name, content } = entry;
  if (Array.isArray(content)) return arrayTypes[name].from(content);
  const { data: section } = sectionSchema.safeParse(content);
  const size = arrayTypes[name].BYTES_PER_ELEMENT;
  if (!section || section.offset % size !== 0 || section.offset + section.length * size > arrays.byteLength)
    throw new PackingError(`${JSON.stringify(value)} is no section of ${arrays.byteLength} bytes`);
  return arrayIn(arrays, name, section.offset, section.length);
}
