import { DataError, type Predictor } from '../../../ml/serving.ts';
import { HttpError, tooLarge } from '../../http-errors.ts';
import { answersTo, decode, parseJson, refuseRepeated } from '../json-answer.ts';
import { problemOf } from '../problem.ts';
import type { Tally } from '../tally.ts';

/** Lines of NDJSON, and what is asked of their records. */
export interface LinesQuestion {
  readonly bytes: Uint8Array;
  /** The number of the first line, from 1. */
  readonly line: number;
  readonly isExplained: boolean;
  /** How long a line may be, in bytes. */
  readonly longest: number;
}

/** A line of answer for each line that is not blank. */
export interface LinesAnswer {
  readonly text: string;
  readonly tally: Tally;
}

/** A line that holds JSON. */
interface Line {
  readonly place: number;
  readonly text: string;
  readonly record: unknown;
}

/**
 * What is predicted of each line: a prediction as of one record, or a problem with the number of its line. A wrong line is no trouble
 * to the others.
 */
export function linesAnswer(predictor: Predictor, { bytes, line, isExplained, longest }: LinesQuestion): LinesAnswer {
  const answers: (string | undefined)[] = [];
  const lines: Line[] = [];
  let refused = 0;
  const refuse = (place: number, number: number, error: unknown) => {
    refused += 1;
    answers[place] = problemLine(error, number);
  };
  const numbers: number[] = [];
  for (const [i, slice] of slicesOf(bytes).entries()) {
    if (slice.every(isBlank)) continue;
    const place = numbers.push(line + i) - 1;
    try {
      if (slice.length > longest) throw new HttpError(tooLarge(longest), { problem: 'body-too-large' });
      const { text, json } = parseJson(decode(slice, 'utf-8'), 'line');
      // An array would be several records.
      lines.push({ place, text, record: Array.isArray(json) ? null : json });
    } catch (error) {
      refuse(place, line + i, error);
    }
  }
  let outside = 0;
  const answer = (some: readonly Line[]) => {
    const told = answersTo(
      predictor,
      some.map(({ record }) => record),
      isExplained,
    );
    for (const { text } of some) refuseRepeated(predictor, text, 1);
    for (const [i, { place }] of some.entries()) answers[place] = told.answers[i];
    outside += told.outside ?? 0;
  };
  try {
    answer(lines);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // One by one, so that each is told of by itself.
    for (const each of lines) {
      try {
        answer([each]);
      } catch (cause) {
        refuse(each.place, numbers[each.place] as number, withoutPlace(cause));
      }
    }
  }
  return {
    text: answers.map((each) => `${each}\n`).join(''),
    tally: { records: answers.length - refused, outside: isExplained ? outside : undefined, refused },
  };
}

/** The line that tells of an error of one line. @throws the error where it is a bug */
export function problemLine(error: unknown, line: number): string {
  if (!isRefusal(error)) throw error;
  return JSON.stringify({ ...problemOf(error), line });
}

const isRefusal = (error: unknown) => error instanceof DataError || error instanceof HttpError;

/** An error of an only record, without its place in the array. */
function withoutPlace(error: unknown): unknown {
  if (!(error instanceof DataError)) return error;
  const issues = error.issues.map(({ keys = [], ...issue }) => ({ ...issue, keys: keys.slice(1) }));
  return new DataError(error.message, { issues, total: error.total, cause: error });
}

function slicesOf(bytes: Uint8Array): Uint8Array[] {
  const slices: Uint8Array[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    slices.push(bytes.subarray(start, end));
    start = end + 1;
  }
  if (start < bytes.length) slices.push(bytes.subarray(start));
  return slices;
}

/** Whether a byte is a space, a tab or the first half of a CRLF. */
const isBlank = (byte: number) => byte === 32 || byte === 9 || byte === 13;
