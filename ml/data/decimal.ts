/** A decimal as its digits, without zeros at either end, and the power of ten of the last of them. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

const MIN_NORMAL = 2 ** -1022;
/** So many digits always come back from a double as they went in. */
const KEPT_DIGITS = 15;
/** So many tell any two doubles apart, which is why other programs write them. */
const WRITTEN_DIGITS = 17;

/** What becomes of a decimal that is read as a double. */
export type Reading =
  /** The double tells it from all others of so many digits. */
  | 'kept'
  /** Digits after the point are lost. */
  | 'rounded'
  /** A whole number becomes another one, or the value is beyond the range of doubles. */
  | 'lost';

/** What becomes of a literal of which `value` is the nearest double. */
export function readingOf(literal: string, value: number): Reading {
  const size = Math.abs(value);
  const isNormal = size >= MIN_NORMAL && size < Infinity;
  // Most cells end here: below 2^53 whole numbers are exact, and a point takes one character.
  if (
    isNormal &&
    size < 2 ** 53 &&
    (literal.length <= WRITTEN_DIGITS + 1 || significantDigits(literal) <= WRITTEN_DIGITS)
  )
    return 'kept';
  if (literal === '0') return 'kept';
  if (size === Infinity) return 'lost';
  const { digits, exponent } = decimalOf(literal);
  if (size === 0) return digits === '' ? 'kept' : 'lost';
  // From 2^53 on a double has no place after the point.
  const isWhole = exponent >= 0 || size >= 2 ** 53;
  if (isNormal && digits.length <= KEPT_DIGITS) return 'kept';
  const isWritten = (text: string) => digits === decimalOf(text).digits;
  if (isWritten(String(value)) || isWritten(value.toPrecision(WRITTEN_DIGITS))) return 'kept';
  if (isWhole) return exponent >= 0 && BigInt(digits) * 10n ** BigInt(exponent) === BigInt(size) ? 'kept' : 'lost';
  return isWritten(value.toPrecision(Math.min(100, digits.length))) ? 'kept' : 'rounded';
}

/** An upper bound of a literal's significant digits; this is asked of every cell. */
function significantDigits(literal: string): number {
  let count = 0;
  for (let i = 0; i < literal.length; i++) {
    const code = literal.charCodeAt(i);
    if (code === 0x65 || code === 0x45) break;
    if (code >= 0x30 && code <= 0x39 && (count > 0 || code > 0x30)) count += 1;
  }
  return count;
}

/** The parts of a number as JavaScript or people write it; the sign is left out. */
function decimalOf(literal: string): Decimal {
  const [, whole = '', fraction = '', power = '0'] = /^[+-]?(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(literal) ?? [];
  const digits = (whole + fraction).replace(/^0+/, '');
  const trimmed = digits.replace(/0+$/, '');
  return { digits: trimmed, exponent: Number(power) - fraction.length + (digits.length - trimmed.length) };
}

/** Whether a value is on a grid, all three taken for the decimals that they are written as. */
export function gridCheck(step: number, origin: number): (value: number) => boolean {
  const places = Math.max(placesOf(step), placesOf(origin));
  const scale = 10 ** places;
  const [stepUnits, originUnits] = [Math.round(step * scale), Math.round(origin * scale)];
  const isSmall = places <= 22 && Math.max(stepUnits, Math.abs(originUnits)) < EXACT_UNITS;
  return (value) => {
    const units = Math.round(value * scale);
    if (!isSmall || Math.abs(units) >= EXACT_UNITS) return isOnGrid(value, step, origin);
    // The quotient of two exact numbers is the double nearest to that decimal, and so what its literal reads as.
    return units / scale === value && (units - originUnits) % stepUnits === 0;
  };
}

/** Below this, rounding value × 10^places cannot end at another whole number. */
const EXACT_UNITS = 2 ** 50;

function isOnGrid(value: number, step: number, origin: number): boolean {
  const places = Math.max(placesOf(value), placesOf(step), placesOf(origin));
  return (unitsOf(value, places) - unitsOf(origin, places)) % unitsOf(step, places) === 0n;
}

/** How many places after the point the shortest decimal of a double has. */
function placesOf(value: number): number {
  return Math.max(0, -decimalOf(String(value)).exponent);
}

function unitsOf(value: number, places: number): bigint {
  const { digits, exponent } = decimalOf(String(value));
  const units = BigInt(digits || '0') * 10n ** BigInt(digits === '' ? 0 : exponent + places);
  return value < 0 ? -units : units;
}
