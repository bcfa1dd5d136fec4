/** Texts that stand for "not known" wherever they occur, in lower case: no category is called so. */
const always = [
  ...['#n/a', '#na', 'n/a', '<na>', 'nan', '-nan', 'null', '(null)', '<null>', '[null]', '\\n', 'na'],
  ...['#value!', '#ref!', '#div/0!', '#num!', '#name?', '#null!'],
  ...['?', '??', '???', '-', '--', '---', '–', '—', '−', '.', '..', '...', '…'],
];

/** Texts that stand for "not known" among numbers and dates, and may be categories elsewhere: that there is none is known. */
const amongValues = [
  ...[
    'none',
    'nil',
    'n.a.',
    'n. a.',
    'unknown',
    'not known',
    'missing',
    'undefined',
    'not available',
    'not applicable',
  ],
  ...[
    'not reported',
    'not recorded',
    'no data',
    'nd',
    'n.d.',
    'n/d',
    'tbd',
    'tba',
    '*',
    '(blank)',
    '(empty)',
    'empty',
    'blank',
  ],
  ...[
    'k.a.',
    'k. a.',
    'keine angabe',
    'keine angaben',
    'unbekannt',
    'n.v.',
    'n. v.',
    'nicht verfügbar',
    'nicht bekannt',
  ],
  ...[
    'inconnu',
    'inconnue',
    'non disponible',
    'n.c.',
    'desconocido',
    's/d',
    'sin dato',
    'sin datos',
    'sconosciuto',
    'onbekend',
  ],
];

const texts = new Set(always);
const wide = new Set([...always, ...amongValues]);
const LONGEST = Math.max(...[...wide].map(({ length }) => length));

/** Whether a text may stand for "not known" in a column of numbers or dates. */
export function isMissingToken(text: string): boolean {
  if (text.length > LONGEST) return false;
  const first = text.charCodeAt(0);
  // Most cells begin with a digit, and no token does.
  return (first < 0x30 || first > 0x39) && wide.has(text.toLowerCase());
}

/**
 * Those texts of a column of categories that stand for "not known". "NA" is a level among codes of two capital letters: Namibia, North
 * America. None of them counts as missing where that left no two levels.
 *
 * @param levels how often each text occurs
 */
export function missingLevels(levels: ReadonlyMap<string, number>): string[] {
  const tokens = [...levels.keys()].filter((text) => texts.has(text.toLowerCase()));
  const others = [...levels.keys()].filter((text) => !tokens.includes(text));
  if (others.length < 2) return [];
  const codes = others.filter((text) => /^[A-Z]{2}$/.test(text)).length;
  const areCodes = codes >= 2 && codes >= others.length * 0.8;
  // A minus beside a plus is a level as well.
  const areSigns = others.every((text) => /^[^\p{L}\p{N}]+$/u.test(text));
  return areSigns ? [] : tokens.filter((text) => !(areCodes && text === 'NA'));
}
