import { clip, knowsHowSure, type Predictor } from '../../ml/serving.ts';
import { HttpError } from '../http-errors.ts';
import type { JobOptions } from './job.ts';

const MAX_GIVEN = 40;

/**
 * What is asked of a batch: `interval` (by default where the release knows) and `contributions` (by default not), each `true` or `false`.
 * A form sends nothing of a box that is not checked: its field `unchecked` says that this means `false`.
 *
 * @param given what stands after the question mark of the address, or in the fields of a form
 * @throws HttpError where one is neither, is there twice, or asks for what the release does not know
 */
export function askedOptions(given: Readonly<Record<string, unknown>>, predictor: Predictor): JobOptions {
  const knows = knowsHowSure(predictor);
  const interval = flagOf(given, 'interval') ?? flagOf(given, 'unchecked') ?? knows;
  if (interval && !knows)
    throw invalid('interval is true, and the release that serves does not know how sure it is: leave it out.');
  return { interval, contributions: flagOf(given, 'contributions') ?? false };
}

function flagOf(given: Readonly<Record<string, unknown>>, name: keyof JobOptions | 'unchecked'): boolean | undefined {
  const value = Object.hasOwn(given, name) ? given[name] : undefined;
  if (value === undefined || value === 'true' || value === 'false') return value && value === 'true';
  throw invalid(`${name} is ${clip(JSON.stringify(value), MAX_GIVEN)}; it must be true or false.`);
}

const invalid = (message: string) => new HttpError(message, { problem: 'invalid-parameter' });
