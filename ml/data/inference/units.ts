import type { Affixes } from '../kinds/number-affixes.ts';
import { headerWords } from './header-words.ts';

/** A header without its unit, and the unit. */
export interface HeaderParts {
  readonly text: string;
  readonly unit: string | undefined;
}

/** Units as headers name them in their last word, and as people read them. A map, since "constructor" is a word too. */
const units: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ mm: 'mm', cm: 'cm', km: 'km', ft: 'ft', miles: 'miles', mi: 'mi', inches: 'in', metres: 'm', meters: 'm' },
    ...{ mg: 'mg', kg: 'kg', lb: 'lb', lbs: 'lb', oz: 'oz', tonnes: 't', ml: 'ml', litres: 'l', liters: 'l' },
    ...{ eur: '€', euro: '€', euros: '€', usd: '$', dollars: '$', gbp: '£', chf: 'CHF', jpy: '¥', inr: '₹' },
    ...{ pct: '%', percent: '%', percentage: '%', celsius: '°C', fahrenheit: '°F', kelvin: 'K' },
    ...{
      kmh: 'km/h',
      kph: 'km/h',
      mph: 'mph',
      knots: 'kn',
      kw: 'kW',
      kwh: 'kWh',
      mw: 'MW',
      mwh: 'MWh',
      hp: 'hp',
      bhp: 'hp',
    },
    ...{ ms: 'ms', sec: 's', secs: 's', seconds: 's', mins: 'min', minutes: 'min', hrs: 'h', hours: 'h' },
    ...{ days: 'days', weeks: 'weeks', months: 'months', years: 'years', yrs: 'years' },
    ...{ sqft: 'sq ft', sqm: 'm²', m2: 'm²', ha: 'ha', acres: 'acres', hz: 'Hz', khz: 'kHz', mhz: 'MHz', ghz: 'GHz' },
    ...{ kb: 'kB', mb: 'MB', gb: 'GB', tb: 'TB', hpa: 'hPa', ppm: 'ppm', bpm: 'bpm', rpm: 'rpm', kcal: 'kcal' },
  }),
);

/** Letters that are units behind these words alone. */
const shortUnits: ReadonlyMap<string, readonly [unit: string, behind: RegExp]> = new Map(
  Object.entries({
    g: ['g', /mass|weight/i],
    m: ['m', /height|length|width|depth|distance|altitude|elevation/i],
    c: ['°C', /temp/i],
    f: ['°F', /temp/i],
    k: ['K', /temp/i],
    s: ['s', /time|duration/i],
  }),
);

/** Words after which a unit is counted itself: "number of days", "miles per hours". */
const counting = /^(of|per|in|by|number|num|n|no|count|total|last|first|this|max|min|mean|avg)$/i;

/** A column of numbers' header without its unit: "Mileage (km)", "price_eur", "body_mass_g". */
export function withoutUnit(header: string): HeaderParts {
  const [, text = '', inside = ''] = /^(.*\S)\s*[([]\s*([^()[\]]{1,12}?)\s*[)\]]\s*$/.exec(header) ?? [];
  if (text !== '') {
    const unit = units.get(inside.toLowerCase()) ?? (isUnit(inside) ? inside : undefined);
    if (unit !== undefined) return { text, unit };
  }
  const [, share = ''] = /^(.*\S)\s*%$|^%\s*(\S.*)$/.exec(header) ?? [];
  if (share !== '') return { text: share, unit: '%' };
  return withoutLastWord(header);
}

/** Whether a text in parentheses is a unit: a few signs and letters, and no word. */
const isUnit = (text: string): boolean =>
  /^[\p{L}°%€$£¥µμΩ²³/·^\d.-]{1,8}$/u.test(text) && !/\p{L}{5}|^\d+$/u.test(text);

function withoutLastWord(header: string): HeaderParts {
  const words = headerWords(header);
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  const short = shortUnits.get(last.toLowerCase());
  const unit = units.get(last.toLowerCase()) ?? (short?.[1].test(words.slice(0, -1).join(' ')) ? short[0] : undefined);
  const hasIn = before.toLowerCase() === 'in' && words.length > 2;
  if (unit === undefined || words.length < 2 || (counting.test(before) && !hasIn))
    return { text: header, unit: undefined };
  const end = new RegExp(`${hasIn ? `${before}[^\\p{L}\\d]*` : ''}${last}[^\\p{L}\\d]*$`, 'u');
  const text = header.replace(end, '').replace(/[^\p{L}\d)]+$/u, '');
  return text === '' ? { text: header, unit } : { text, unit };
}

/** Further signs that stand behind numbers. */
const furtherSigns = ['g', 'm', 's', 'h', 'l', 'L', 't', 'W', 'V', 'A', 'K', 'C', 'F', 'N', 'J', 'cc', 'CC', 'PS'];
const signs = new Set([...units.values(), ...furtherSigns]);

/** Whether letters behind a number are a unit. */
export const isUnitName = (text: string): boolean => signs.has(text) || units.has(text.toLowerCase());

/** What numbers are in, by what stands beside them: its usual sign. */
export function unitOfAffixes({ prefix, suffix }: Affixes): string | undefined {
  // Not what they are about.
  const beside = suffix ?? (prefix === '~' || prefix === '≈' ? undefined : prefix);
  return beside === undefined ? undefined : (units.get(beside.toLowerCase()) ?? beside);
}
