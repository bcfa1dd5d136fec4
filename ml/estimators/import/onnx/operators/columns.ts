import { DataError } from '../../../../core/errors.ts';
import { type Column, type Columns, MOST_COLUMNS, type TextCodes, tooManyColumns, withSteps } from '../columns.ts';
import { damaged } from '../damaged.ts';
import type { Node } from '../graph.ts';
import type { Step } from '../steps-input.ts';
import { elementType } from '../tensor.ts';

/** One of a list that has an entry for each column, or one for all. */
function perColumn(values: readonly number[], at: number, columns: number, operator: string): number {
  if (values.length !== 1 && values.length !== columns)
    throw damaged(`${operator} has ${values.length} numbers for ${columns} columns`);
  return values[values.length === 1 ? 0 : at]!;
}

const mapped = ({ columns }: Columns, map: (column: Column, at: number) => Column): Columns => ({
  is: 'columns',
  columns: columns.map(map),
});

/** (x − offset) scale, in float32. */
export function scaler({ operator, attributes }: Node, input: Columns): Columns {
  const count = input.columns.length;
  return mapped(input, (column, at) =>
    withSteps(
      numeric(column, operator),
      'float',
      { is: 'subtract', by: perColumn(attributes.numbers('offset'), at, count, operator), single: true },
      { is: 'multiply', by: perColumn(attributes.numbers('scale'), at, count, operator), single: true },
    ),
  );
}

export function imputer({ operator, attributes }: Node, input: Columns): Columns {
  const values = attributes.numbersOf('imputed_value_floats', 'imputed_value_int64s');
  const replaced = attributes.numbersOf('replaced_value_float', 'replaced_value_int64')[0] ?? 0;
  const value = Number.isNaN(replaced) ? null : replaced;
  return mapped(input, (column, at) =>
    withSteps(numeric(column, operator), column.type, {
      is: 'replace',
      value,
      by: perColumn(values, at, input.columns.length, operator),
    }),
  );
}

/** 1 or 0 for each category of each column. */
export function oneHotEncoder({ operator, attributes }: Node, input: Columns): Columns {
  const texts = attributes.texts('cats_strings');
  const numbers = attributes.numbers('cats_int64s');
  if (input.columns.length * Math.max(texts.length, numbers.length) > MOST_COLUMNS) throw tooManyColumns();
  const columns = input.columns.flatMap((column) => {
    const codes = texts.length > 0 ? texts.map((text) => textsOf(column, operator).codeOf(text)) : numbers;
    const whole: Step[] = texts.length > 0 ? [] : [{ is: 'round', to: 'whole' }];
    return codes.map((value) =>
      withSteps(texts.length > 0 ? column : numeric(column, operator), 'float', ...whole, { is: 'equal', value }),
    );
  });
  return { is: 'columns', columns, isCube: input.columns.length > 1 };
}

/** Numbers in place of texts, or of other numbers. */
export function labelEncoder({ operator, attributes }: Node, input: Columns): Columns {
  const texts = ['keys_strings', 'classes_strings', 'keys_tensor'].flatMap((name) => attributes.texts(name));
  const keys = attributes.numbersOf('keys_int64s', 'keys_floats', 'keys_tensor');
  const values = attributes.has('classes_strings')
    ? texts.map((_, at) => at)
    : attributes.numbersOf('values_int64s', 'values_floats', 'values_tensor');
  const otherwise = attributes.numbersOf('default_int64', 'default_float', 'default_tensor')[0] ?? -1;
  const count = texts.length > 0 ? texts.length : keys.length;
  if (input.columns.length * count > MOST_COLUMNS) throw tooManyColumns();
  if (values.length !== count)
    throw new DataError(
      `the ONNX model has a ${operator} of ${count} keys to ${values.length} numbers, which is not supported`,
    );
  const type = attributes.has('values_floats') ? 'float' : 'int64';
  return mapped(input, (column) => {
    const known = texts.length > 0 ? texts.map((text) => textsOf(column, operator).codeOf(text)) : keys;
    return withSteps(column, type, { is: 'look-up', keys: known, values, otherwise });
  });
}

export function binarizer({ operator, attributes }: Node, input: Columns): Columns {
  const value = attributes.number('threshold', 0);
  return mapped(input, (column) => withSteps(numeric(column, operator), column.type, { is: 'above', value }));
}

/** Another type of elements, as far as that is a number too. */
export function castColumns({ operator, attributes }: Node, input: Columns): Columns {
  const to = elementType(attributes.number('to', 1));
  return mapped(input, (column) => {
    if (column.type === to) return column;
    if (to === 'string' || to === 'bool')
      throw new DataError(`the ONNX model turns numbers into ${to} (${operator}), which is not supported`);
    numeric(column, operator);
    if (to === 'double' || (to === 'float' && column.type !== 'double')) return { ...column, type: to };
    return withSteps(column, to, { is: 'round', to: to === 'float' ? 'float32' : 'whole' });
  });
}

const arithmetic: Readonly<Record<string, 'add' | 'subtract' | 'multiply' | 'divide'>> = {
  Add: 'add',
  Sub: 'subtract',
  Mul: 'multiply',
  Div: 'divide',
};

/** A calculation with constants. */
export function calculate(operator: string, input: Columns, constants: readonly number[]): Columns {
  const is = arithmetic[operator]!;
  return mapped(input, (column, at) =>
    withSteps(numeric(column, operator), column.type, {
      is,
      by: perColumn(constants, at, input.columns.length, operator),
      single: column.type === 'float',
    }),
  );
}

/** Some of the columns, by their numbers. */
export function pick(operator: string, input: Columns, places: readonly number[]): Columns {
  const count = input.columns.length;
  const columns = places.map((place) => {
    const column = input.columns[place < 0 ? place + count : place];
    if (!column) throw damaged(`${operator} takes column ${place} of ${count}`);
    return column;
  });
  return { is: 'columns', columns };
}

function numeric(column: Column, operator: string): Column {
  if (column.type === 'string')
    throw new DataError(`the ONNX model has a ${operator} of texts, which is not supported`);
  return column;
}

function textsOf(column: Column, operator: string): TextCodes {
  if (column.type !== 'string' || !column.texts)
    throw new DataError(`the ONNX model has a ${operator} of numbers by texts, which is not supported`);
  return column.texts;
}
