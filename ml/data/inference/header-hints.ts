// What the words of a header say of its column, whatever its values are.

const has = (...texts: readonly string[]) => {
  const all = new Set(texts);
  return (words: readonly string[]): boolean => words.some((word) => all.has(word));
};

/** Words that people write together with id. */
const compound =
  /^(account|case|city|client|county|customer|device|employee|group|item|member|movie|object|order|parcel|patient|person|player|product|region|respondent|school|session|shop|station|store|student|subject|team|town|tract|user)ids?$/;

/** It names what the row is about, or something that several rows have in common. */
export const saysIdentifier = (words: readonly string[]): boolean =>
  isIdentifierWord(words) || words.some((word) => compound.test(word));

const isIdentifierWord = has(
  'id',
  'ids',
  'identifier',
  'uuid',
  'guid',
  'rowid',
  'rownum',
  'rowname',
  'rownames',
  'index',
  'idx',
  'unnamed',
);

/** Its digits are a code: arithmetic with them means nothing. */
export const saysCode = (words: readonly string[]): boolean =>
  isCodeWord(words) || words.at(-1) === 'id' || compound.test(words.at(-1) ?? '');

const isCodeWord = has(
  ...[
    'code',
    'codes',
    'zip',
    'zipcode',
    'zips',
    'postcode',
    'postalcode',
    'postal',
    'plz',
    'fips',
    'isbn',
    'issn',
    'iban',
  ],
  ...['bic', 'sku', 'ssn', 'ean', 'upc', 'gtin', 'phone', 'telephone', 'barcode', 'naics', 'icd', 'iso'],
);

/** Its few whole numbers stand for names: there is no more or less of them. */
export const saysNames = has(
  ...[
    'occupation',
    'job',
    'profession',
    'origin',
    'race',
    'ethnicity',
    'nationality',
    'religion',
    'language',
    'marital',
  ],
  ...['gender', 'sex', 'region', 'district', 'department', 'zone', 'sector', 'industry', 'brand', 'make', 'breed'],
  ...['species', 'type', 'category', 'kind', 'cluster', 'colour', 'color'],
);

/** Its numbers say when. */
export const saysTime = has(
  ...[
    'year',
    'years',
    'yr',
    'month',
    'week',
    'day',
    'date',
    'hour',
    'minute',
    'second',
    'time',
    'timestamp',
    't',
    'period',
    'quarter',
    'epoch',
  ],
);

/** It names someone or something that several rows may be about. */
export const saysEntity = has(
  ...['patient', 'subject', 'participant', 'person', 'user', 'customer', 'client', 'household', 'respondent', 'animal'],
  ...['student', 'pupil', 'member', 'donor', 'proband', 'account', 'passenger', 'employee', 'driver', 'player'],
);

/** It is what somebody may want to predict. */
export const saysTarget = has(
  ...[
    'target',
    'label',
    'class',
    'y',
    'outcome',
    'response',
    'price',
    'cost',
    'sales',
    'revenue',
    'income',
    'salary',
    'churn',
  ],
  ...[
    'churned',
    'survived',
    'default',
    'defaulted',
    'score',
    'rating',
    'quality',
    'grade',
    'amount',
    'demand',
    'value',
  ],
);

/** It names classes. */
export const saysClass = has(
  'class',
  'label',
  'species',
  'type',
  'category',
  'cluster',
  'kind',
  'status',
  'diagnosis',
  'digit',
  'target',
);

/** It is known only once the outcome is. */
export const saysAfterwards = has(
  ...[
    'outcome',
    'result',
    'results',
    'final',
    'after',
    'afterwards',
    'post',
    'actual',
    'resolved',
    'resolution',
    'closed',
    'cancelled',
  ],
  ...[
    'canceled',
    'ended',
    'completed',
    'recovered',
    'refund',
    'refunded',
    'payout',
    'settled',
    'settlement',
    'termination',
    'discharge',
  ],
);
