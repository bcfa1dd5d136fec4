import { describe, expect, it } from 'vitest';
import { checkDeclaration } from '../../../../ml/data/declaration.ts';
import { type Column, kindOf } from '../../../../ml/data/kinds/index.ts';
import { cells, decideRows, inTurns } from './decide-rows.ts';

/** What a column of 120 cells is declared as. */
async function declared(header: string, texts: readonly string[]) {
  const { declaration, decisions } = await decideRows({ [header]: texts });
  const [column] = declaration.columns;
  return { column, missing: declaration.missing, look: decisions[0]?.look ?? [], declaration };
}

const N = 120;

describe('numbers', () => {
  it.each([
    ['whole ones have steps of 1', 'rooms', cells(N, (i) => 1 + (i % 7)), { min: 0, max: 9, step: 1 }],
    ['few different ones stay numbers', 'cylinders', inTurns(N, '4', '6', '8'), { min: 3, max: 9, step: 1 }],
    ['decimals have none', 'length', cells(N, (i) => (i + 0.5).toFixed(1)), { min: 0, max: 240 }],
    [
      'signs and exponents are numbers',
      'x',
      cells(N, (i) => `${i % 2 ? '-' : '+'}${i + 1}.5e-3`),
      { min: -0.38, max: 0.36 },
    ],
    ['a share of one stays one', 'rate', cells(N, (i) => i / N), { min: 0, max: 1 }],
    ['percentages end at 100', 'humidity_pct', cells(N, (i) => 20.5 + (i % 79)), { min: 0, max: 100, unit: '%' }],
    ['zeros behind the point are whole', 'age', cells(N, (i) => `${20 + (i % 50)}.0`), { min: 0, max: 130, step: 1 }],
  ])('%s', async (_, header, texts, is) => {
    const { column } = await declared(header, texts);
    expect(column).toMatchObject({ kind: 'numeric', ...is });
    expect(column !== undefined && 'step' in column).toBe('step' in is);
  });

  it('takes texts among them for not known, and says so', async () => {
    const texts = cells(N, (i) => (i % 40 === 7 ? 'measured late' : i % 10 === 3 ? 'N/A' : i * 3));
    const { column, missing, look } = await declared('amount', texts);
    expect(column).toMatchObject({ kind: 'numeric', missing: ['N/A', 'measured late'] });
    expect(missing).toEqual(['N/A']);
    expect(look).toEqual([expect.stringContaining('"measured late" is read as not known')]);
  });

  it.each([
    ['far below', -999, 0],
    ['far above', 9999, 0],
    ['a minus where all others are positive', -99, 500],
  ])('takes nines for not known where they are frequent and stand %s', async (_, sentinel, from) => {
    const { column, look } = await declared(
      'depth',
      cells(N, (i) => (i % 12 === 5 ? sentinel : from + i)),
    );
    expect(column).toMatchObject({ kind: 'numeric', missing: [String(sentinel)] });
    expect(column).toMatchObject({ min: expect.any(Number) });
    expect(look).toEqual([expect.stringContaining(`${sentinel} is read as not known`)]);
  });

  it('keeps nines that are rare, or among other numbers', async () => {
    expect(
      (
        await declared(
          'a',
          cells(N, (i) => (i === 5 ? -999 : i)),
        )
      ).column,
    ).not.toHaveProperty('missing');
    expect(
      (
        await declared(
          'b',
          cells(N, (i) => (i % 12 === 5 ? 99 : 80 + (i % 30))),
        )
      ).column,
    ).not.toHaveProperty('missing');
  });
});

describe('numbers with something beside them', () => {
  it.each([
    ['percent', inTurns(N, '12%', '15%', '7.5%', '31%'), { suffix: '%', unit: '%', min: 0, max: 100 }],
    ['a currency and thousands', cells(N, (i) => `$${1 + (i % 7)},${200 + i}.50`), { prefix: '$', unit: '$', min: 0 }],
    ['a currency behind a space', cells(N, (i) => `€ ${5 + (i % 9)}`), { prefix: '€', unit: '€', step: 1 }],
    ['a code of a currency', cells(N, (i) => `${5 + (i % 9)},50 EUR`), { suffix: 'EUR', unit: '€' }],
    ['a unit and an exponent', cells(N, (i) => `${1 + (i % 9)}.2e3 kg`), { suffix: 'kg', unit: 'kg' }],
    ['a unit without a space', inTurns(N, '5km', '7km', '12km'), { suffix: 'km', unit: 'km' }],
    ['a word', inTurns(N, '36 months', '60 months'), { suffix: 'months', unit: 'months', step: 1 }],
    ['signs', inTurns(N, '-$5', '$7', '+$2', '$-3'), { prefix: '$', step: 1 }],
    ['parentheses', cells(N, (i) => (i % 5 === 0 ? `(${i}.5)` : `${i}.5`)), { parentheses: true }],
    [
      'a currency in parentheses',
      cells(N, (i) => (i % 5 === 0 ? `($${i + 1}.5)` : `$${i}.5`)),
      { prefix: '$', parentheses: true },
    ],
  ])('%s: it is passed over, and their unit', async (_, texts, is) => {
    const { column, declaration } = await declared('value', texts);
    expect(column).toMatchObject({ kind: 'numeric', ...is });
    const numeric = checkDeclaration(declaration).columns[0] as Column;
    const read = kindOf(numeric).parser(checkDeclaration(declaration));
    expect(texts.map(read).filter((value) => value === undefined || Number.isNaN(value))).toEqual([]);
  });

  it.each([
    ['codes with letters in front', cells(N, (i) => `P${i % 40}`)],
    ['few codes with a letter behind', inTurns(N, '2WD', '4WD')],
    ['several units', inTurns(N, '5 km', '7 miles', '12 km')],
    ['numbers of which some have none', cells(N, (i) => (i % 3 === 0 ? `${i % 40}%` : `${i % 40}`))],
    ['leading zeros', cells(N, (i) => `00${i % 40}A`)],
    ['footnotes', cells(N, (i) => `(${i % 40})`)],
    ['times of the day', cells(N, (i) => `${i % 12}:30`)],
  ])('not %s', async (_, texts) => {
    expect((await declared('value', texts)).column?.kind).not.toBe('numeric');
  });

  it('reads what is not known among them', async () => {
    const { column, missing } = await declared('rate', inTurns(N, '12%', 'n/a', '7.5%', 'k.A.', '9%'));
    expect([column?.kind, missing]).toEqual(['numeric', ['n/a', 'k.A.']]);
  });
});

describe('what is not known', () => {
  it.each(['k.A.', 'unknown', 'n/a', '-', 'keine Angabe', '?', '#N/A', 'NULL', '#DIV/0!'])(
    'is %s among numbers',
    async (text) => {
      const { column, missing, declaration } = await declared(
        'age',
        cells(N, (i) => (i % 4 === 0 ? text : i % 7)),
      );
      expect([column?.kind, missing]).toEqual(['numeric', [text]]);
      expect(declaration.assumed).toContain(`${JSON.stringify(text)} is read as not known.`);
    },
  );

  it('is a single text in most rows, and told', async () => {
    const { column, look } = await declared(
      'wait',
      cells(N, (i) => (i % 4 === 0 ? i : 'not measured yet')),
    );
    expect(column).toMatchObject({ kind: 'numeric', missing: ['not measured yet'] });
    expect(look.join()).toContain('"not measured yet" is read as not known, in 75 % of the rows');
  });

  it('is not what says how large something is, nor one of several words', async () => {
    const censored = await declared(
      'size',
      cells(N, (i) => (i % 4 === 0 ? '100 or more' : i)),
    );
    const words = await declared(
      'wait',
      cells(N, (i) => (i % 4 === 0 ? 'long' : i % 4 === 1 ? 'short' : i)),
    );
    expect([censored.column?.kind, words.column?.kind]).not.toContain('numeric');
  });
});

describe('codes stay texts', () => {
  it.each([
    ['leading zeros', 'area', cells(N, (i) => String(i % 30).padStart(3, '0'))],
    ['more digits than a number keeps', 'product', cells(N, (i) => `90071992547409${930 + (i % 30)}`)],
    ['an e among their digits', 'part', inTurns(N, '713752', '713752e1', '713900', '812001', '713753')],
    ['a header that says so', 'zip_code', cells(N, (i) => 10_000 + (i % 30) * 7)],
    ['a header in camel case', 'storeId', cells(N, (i) => 1 + (i % 12))],
    ['few whole numbers under a header that speaks of names', 'occupation_husb', cells(N, (i) => 1 + (i % 6))],
  ])('%s', async (_, header, texts) => {
    const { column } = await declared(header, texts);
    expect(column).toMatchObject({ kind: 'categorical', levels: expect.arrayContaining([...new Set(texts)]) });
  });

  it('but not zeros before a point', async () => {
    expect(
      (
        await declared(
          'share',
          cells(N, (i) => `0.${i % 10}`),
        )
      ).column?.kind,
    ).toBe('numeric');
  });
});

describe('yes and no', () => {
  it.each([
    [['yes', 'no'], 'yes', 'no'],
    [['N', 'Y'], 'Y', 'N'],
    [['TRUE', 'FALSE'], 'TRUE', 'FALSE'],
    [['0', '1'], '1', '0'],
    [['1.0', '0.0'], '1.0', '0.0'],
    [['ja', 'nein'], 'ja', 'nein'],
  ])('%s', async (texts, yes, no) => {
    expect((await declared('smoker', inTurns(N, ...texts))).column).toMatchObject({ kind: 'yes_no', yes, no });
  });

  it('keeps other spellings', async () => {
    const { column } = await declared('smoker', inTurns(N, 'Yes', 'no', 'Yes', 'no', 'yes', 'NO', ''));
    expect(column).toMatchObject({ kind: 'yes_no', yes: 'Yes', no: 'no', yes_texts: ['yes'], no_texts: ['NO'] });
  });

  it.each([['unknown'], ['no internet service']])('is a category where there is also %s', async (third) => {
    expect((await declared('smoker', inTurns(N, 'yes', 'no', third))).column?.kind).toBe('categorical');
  });

  it('is not what is only a letter of it', async () => {
    expect((await declared('direction', inTurns(N, 'n', 's'))).column?.kind).toBe('categorical');
  });
});

describe('categories', () => {
  it('have levels by frequency, and one for all others', async () => {
    const { column } = await declared('city', [
      ...inTurns(50, 'Wien'),
      ...inTurns(60, 'Graz'),
      ...inTurns(9, 'Linz'),
      'Wels',
    ]);
    expect(column).toMatchObject({
      kind: 'categorical',
      levels: ['Graz', 'Wien', 'Linz', 'other'],
      other: 'other',
      unseen: 'other',
    });
  });

  it('have at most 200 levels, and a name for others that no row has', async () => {
    const { column } = await declared('shop', [...cells(3000, (i) => `shop ${i % 300}`), ...inTurns(40, 'Other')]);
    expect(column).toMatchObject({ kind: 'categorical', other: 'any other' });
    expect(column?.kind === 'categorical' && column.levels.length).toBe(201);
  });

  it('are told where some differ in case alone', async () => {
    expect((await declared('city', inTurns(N, 'Graz', 'graz', 'Wien'))).look).toEqual([
      expect.stringContaining('Graz / graz'),
    ]);
  });

  it('are told where numbers do not have the same beside them', async () => {
    const { column, look } = await declared('mileage', inTurns(N, '21 kmpl', '17 km/kg', '20 kmpl', '31', '16 kmpl'));
    expect(column?.kind).toBe('categorical');
    expect(look).toEqual([expect.stringContaining('numbers with "kmpl", "km/kg", nothing beside them')]);
  });

  it('may be NA among codes of two letters, and nowhere else', async () => {
    const countries = await declared('country', inTurns(N, 'NA', 'ZA', 'BW', 'AO'));
    expect(countries.column).toMatchObject({ levels: expect.arrayContaining(['NA']) });
    const quality = await declared('quality', inTurns(N, 'NA', 'Good', 'Fair'));
    expect(quality.column).toMatchObject({ levels: ['Fair', 'Good', 'other'] });
    expect(quality.missing).toEqual(['NA']);
  });

  it('keep NA in one column while it is missing in another', async () => {
    const { declaration } = await decideRows({
      country: inTurns(N, 'NA', 'ZA', 'BW', 'AO'),
      size: inTurns(N, '1.5', 'NA', '2.5', '7'),
    });
    expect(declaration.missing).toEqual(['NA']);
    expect(declaration.columns[0]).toMatchObject({ kind: 'categorical', missing: [] });
    expect(declaration.columns[1]).not.toHaveProperty('missing');
  });

  it('keep none as a level', async () => {
    const { column } = await declared('course', inTurns(N, 'none', 'completed'));
    expect(column).toMatchObject({ levels: ['completed', 'none', 'other'] });
  });
});

describe('kept out', () => {
  it.each([
    ['numbers of rows', 'n', cells(N, (i) => i + 1), 'identifier'],
    ['an index without a header that says more', 'Unnamed: 0', cells(N, (i) => i), 'identifier'],
    ['numbers of rows that begin high', 'Kundennummer', cells(N, (i) => 100_001 + i), 'identifier'],
    ['numbers that name rows', 'order_id', cells(N, (i) => 5000 + ((i * 37) % 997)), 'identifier'],
    ['texts that are others in each row', 'name', cells(N, (i) => `flat ${i}`), 'identifier'],
    ['texts that hardly repeat', 'model', cells(N, (i) => (i % 10 === 0 ? 'common' : `rare ${i >> 1}`)), 'identifier'],
    ['one value', 'country', inTurns(N, 'Austria'), 'constant'],
    ['one value and nothing', 'flag', inTurns(N, 'x', ''), 'constant'],
    ['nothing', 'empty', inTurns(N, ''), 'constant'],
    ['sentences', 'comment', cells(N, (i) => `It was the ${i}th time that I came here, and I liked it`), 'text'],
  ])('%s', async (_, header, texts, kind) => {
    const { column, declaration } = await declared(header, texts);
    expect(column).toMatchObject({ kind, reason: expect.any(String) });
    expect(declaration.assumed?.join()).toContain('is left out');
  });

  it('but not years that ascend by one', async () => {
    const { column, look } = await declared(
      'year',
      cells(N, (i) => 1880 + i),
    );
    expect(column?.kind).toBe('numeric');
    expect(look).toEqual(['it ascends by one from row to row', expect.stringContaining('"time": "year"')]);
  });
});
