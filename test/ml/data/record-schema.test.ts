import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkDeclaration, featuresOf } from '../../../ml/data/declaration.ts';
import { recordChecker } from '../../../ml/data/record.ts';
import { RecordIssues } from '../../../ml/data/record-issues.ts';
import { recordSchema } from '../../../ml/data/record-schema.ts';

const declaration = checkDeclaration({
  name: 'flats',
  title: 'Flats',
  file: 'flats.csv',
  target: 'rent',
  columns: [
    { name: 'area', title: 'Area', kind: 'numeric', min: 10, max: 500 },
    { name: 'rooms', title: 'Rooms', kind: 'numeric', min: 1, step: 1 },
    { name: 'heating', title: 'Heating', kind: 'categorical', levels: ['gas', 'none'] },
    { name: 'street', title: 'Street', kind: 'categorical', levels: ['A', 'other'], other: 'other', unseen: 'other' },
    { name: 'lift', title: 'Lift', kind: 'yes_no', yes: 'Y', no: 'N', yes_texts: ['y'] },
    { name: 'built', title: 'Built', kind: 'date', format: 'MMM YYYY' },
    { name: 'since', title: 'On offer since', kind: 'date' },
    { name: 'id', title: 'Id', kind: 'identifier' },
    { name: 'note', title: 'Note', kind: 'text' },
    { name: 'rent', title: 'Rent', kind: 'numeric' },
  ],
});
const good = {
  area: 50.5,
  rooms: 2,
  heating: 'gas',
  street: 'Main Street',
  lift: true,
  built: 'Mar 1990',
  since: '2024-01-31',
};
const none = Object.fromEntries(Object.keys(good).map((name) => [name, null]));

test.each<[string, Record<string, unknown>, boolean]>([
  ['a record', good, true],
  ['one of which nothing is known', none, true],
  ['texts of the file for yes and no', { ...good, lift: 'N' }, true],
  ['further ones', { ...good, lift: 'y' }, true],
  ['a number out of range', { ...good, area: 5 }, false],
  ['half a room', { ...good, rooms: 1.5 }, false],
  ['a level that is not listed', { ...good, heating: 'oil' }, false],
  ['a text for a number', { ...good, area: '50' }, false],
  ['another word for yes', { ...good, lift: 'maybe' }, false],
  ['a number for a date', { ...good, since: 2024 }, false],
  ['a date in another format', { ...good, since: '31.01.2024' }, false],
  ['an identifier', { ...good, id: '7' }, false],
  ['a column that is kept out', { ...good, note: 'x' }, false],
  ['a field less', { ...good, area: undefined }, false],
])('the schema and the check agree on %s', (_, record, isRight) => {
  const sent: unknown = JSON.parse(JSON.stringify(record));
  const schema = z.fromJSONSchema(JSON.parse(JSON.stringify(recordSchema(declaration))));
  expect(schema.safeParse(sent).success).toBe(isRight);
  expect(recordChecker(featuresOf(declaration), declaration)(sent, new RecordIssues())).toBe(isRight);
});
