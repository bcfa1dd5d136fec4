/** What a cell looks like, before anything is known of its column. */
export type CellShape = 'empty' | 'number' | 'date' | 'word' | 'other';

const MISSING = /^(n\/?a|n\.a\.|nan|null|nil|none|-+|\?+|\.|#n\/a)$/i;
/** With a point or a comma before decimals, digits in groups, a sign, a currency or a unit of one letter. */
const NUMBER =
  /^[$€£¥]?\s?[+−-]?[$€£¥]?(\d+|\d{1,3}([.,' \u00a0\u202f]\d{3})+)?([.,]\d+)?([eE][+-]?\d+)?\s?[%$€£¥]?-?$/;
const DATE =
  /^(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[- ][A-Za-z]{3}[- ]\d{2,4}|\d{4}-\d{2})([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AP]M)?( ?(Z|UTC|GMT|[+-]\d{2}(:?\d{2})?))?)?$|^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/i;
/** Letters, digits and what stands beside them; of what separates cells, only what a space follows, as in a sentence. */
const WORD = /^(?:[\p{L}\p{N}\p{M} _.'’()/&+#%°@*?!<>=\u005b\u005d$€£-]|[,;:] ){1,80}$/u;

export function shapeOf(text: string): CellShape {
  const trimmed = text.trim();
  if (trimmed === '' || MISSING.test(trimmed)) return 'empty';
  if (/\d/.test(trimmed) && NUMBER.test(trimmed)) return 'number';
  if (DATE.test(trimmed)) return 'date';
  return WORD.test(trimmed) ? 'word' : 'other';
}
