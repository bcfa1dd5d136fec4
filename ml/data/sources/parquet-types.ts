import type { SchemaElement } from 'hyparquet';
import { dayText, momentText, timeText } from './moment-text.ts';

/** How a value of a column becomes the text of a cell. */
type CellText = (value: unknown) => string;

/** A column of a Parquet file: as what it is to be decoded, and how a decoded value is written. */
export interface ParquetColumn {
  readonly name: string;
  readonly element: SchemaElement;
  readonly textOf: CellText;
}

/**
 * How a column is read; what it is, where that is nothing that a cell holds.
 *
 * Types that the decoder would make doubles or Dates of are taken as the integers that they are stored as, so that no digit is lost.
 * Source: https://github.com/apache/parquet-format/blob/master/LogicalTypes.md
 */
export function parquetColumn(element: SchemaElement): ParquetColumn | string {
  const { name, type, repetition_type: repetition, num_children: children } = element;
  if (repetition === 'REPEATED' || children || type === undefined) return 'nested';
  const logical = element.logical_type;
  const kind = logical?.type ?? element.converted_type;
  const stored: SchemaElement = { type, name, ...(repetition && { repetition_type: repetition }) };
  if (element.type_length !== undefined) stored.type_length = element.type_length;
  switch (kind) {
    case 'DECIMAL': {
      const scale = (logical?.type === 'DECIMAL' ? logical.scale : element.scale) ?? 0;
      return { name, element: stored, textOf: (value) => decimalText(integerOf(value), scale) };
    }
    case 'TIMESTAMP':
    case 'TIMESTAMP_MILLIS':
    case 'TIMESTAMP_MICROS': {
      const perMs = perMillisecond(element);
      const zone = logical?.type === 'TIMESTAMP' && !logical.isAdjustedToUTC ? '' : 'Z';
      return { name, element: stored, textOf: (value) => momentText(floorDivide(integerOf(value), perMs)) + zone };
    }
    case 'TIME':
    case 'TIME_MILLIS':
    case 'TIME_MICROS': {
      const perMs = perMillisecond(element);
      return { name, element: stored, textOf: (value) => timeText(Number(integerOf(value) / perMs)) };
    }
    case 'DATE':
      return { name, element: stored, textOf: (value) => dayText(Number(integerOf(value))) };
    case 'UUID':
      return { name, element: stored, textOf: (value) => uuidText(hexText(value)) };
    case 'INTERVAL':
    case 'BSON':
    case 'VARIANT':
    case 'GEOMETRY':
    case 'GEOGRAPHY':
      return `of the type ${kind}`;
    default:
      if (type === 'BYTE_ARRAY') return { name, element: { ...stored, converted_type: 'UTF8' }, textOf: plainText };
      return { name, element, textOf: plainText };
  }
}

const plainText: CellText = (value) => {
  if (value instanceof Date) return momentText(BigInt(value.getTime()));
  if (value instanceof Uint8Array) return hexText(value);
  return Number.isNaN(value) ? '' : String(value);
};

function perMillisecond({ logical_type: logical, converted_type: converted }: SchemaElement): bigint {
  const unit = logical?.type === 'TIMESTAMP' || logical?.type === 'TIME' ? logical.unit : converted?.split('_').at(-1);
  return unit === 'NANOS' ? 1_000_000n : unit === 'MICROS' ? 1000n : 1n;
}

/** An integer as it is stored: in 4, 8, or any number of bytes, the highest first, as a two's complement. */
function integerOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return BigInt(value);
  if (!(value instanceof Uint8Array)) throw new Error(`no integer: ${typeof value}`);
  return value.length === 0 ? 0n : BigInt.asIntN(value.length * 8, BigInt(`0x${hexText(value)}`));
}

function decimalText(unscaled: bigint, scale: number): string {
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function floorDivide(a: bigint, b: bigint): bigint {
  return a / b - (a % b < 0n ? 1n : 0n);
}

function hexText(bytes: unknown): string {
  if (!(bytes instanceof Uint8Array)) throw new Error(`no bytes: ${typeof bytes}`);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

function uuidText(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
