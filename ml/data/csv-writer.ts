import { type Stringifier, stringify } from 'csv-stringify';

/** Turns rows of cells into a CSV that reads back as it was, whatever is in a cell. */
export function csvWriter(delimiter = ','): Stringifier {
  // Quoted by itself is only what holds a delimiter, a quote or LF; a CR ends lines too.
  return stringify({ delimiter, quoted_match: /\r/ });
}
