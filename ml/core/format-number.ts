// The one place that says how a number is written for people; what programs read has every digit.

const SMALLEST = 1e-4;
const LARGEST = 1e15;

/** All its digits, in groups of three: 3,610,000, 0.05, 1.7 × 10³⁰⁸. */
export function formatExact(value: number): string {
  return isAwkward(value) ? scientific(value.toExponential()) : formatOf('exact').format(value);
}

/** So many significant digits, or the whole part where that is more: 95.4, 1,234, 0.0123, 9.95 × 10⁻¹⁰. */
export function formatRounded(value: number, digits = 3): string {
  if (isAwkward(value)) return scientific(value.toExponential(digits - 1));
  return formatOf(digits).format(value);
}

/** All digits, as an axis wants it, or so many significant digits. */
type Digits = 'exact' | 'compact' | number;

const formats = new Map<Digits, Intl.NumberFormat>();

/** Made when it is first asked for, since the first takes 10 ms of a start; and kept, since any takes longer than a hundred numbers. */
function formatOf(digits: Digits): Intl.NumberFormat {
  const known = formats.get(digits);
  if (known) return known;
  const format = new Intl.NumberFormat('en', optionsOf(digits));
  formats.set(digits, format);
  return format;
}

function optionsOf(digits: Digits): Intl.NumberFormatOptions {
  if (digits === 'exact') return { maximumSignificantDigits: 17 };
  if (digits === 'compact') return { notation: 'compact', maximumSignificantDigits: 12 };
  return { maximumFractionDigits: 0, maximumSignificantDigits: digits, roundingPriority: 'morePrecision' };
}

/** Whether zeros would hide how large it is. */
function isAwkward(value: number): boolean {
  const size = Math.abs(value);
  return Number.isFinite(value) && size !== 0 && (size < SMALLEST || size >= LARGEST);
}

function scientific(exponential: string): string {
  const [mantissa, exponent] = exponential.split('e').map(Number) as [number, number];
  const raised = String(exponent).replace(/[-\d]/g, (digit) =>
    digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)),
  );
  return `${mantissa} × 10${raised}`;
}

/** A share from 0 to 1 in percent: 92.3 %, 15 %, 0.4 %. What is not certain is never 0 % or 100 %. */
export function formatShare(share: number): string {
  const percent = 100 * share;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  if (percent < 100 && percent > 99.9) return '> 99.9 %';
  // Near the ends a tenth matters.
  const digits = percent < 10 || percent > 90 ? 1 : 0;
  return `${Number(percent.toFixed(digits))} %`;
}

/** All its digits, or from a million on as short as an axis wants it: 250,000, 1.2M, 3B, 2 × 10³⁰⁰. */
export function formatCompact(value: number): string {
  return Math.abs(value) >= 1e6 && Math.abs(value) < LARGEST ? formatOf('compact').format(value) : formatExact(value);
}

/** So many significant digits, of millions and more too: 95.4, 1,234, 23.4M. */
export function formatShort(value: number, digits = 3): string {
  if (Math.abs(value) < 1e6 || Math.abs(value) >= LARGEST) return formatRounded(value, digits);
  return formatOf('compact').format(Number(value.toPrecision(digits)));
}
