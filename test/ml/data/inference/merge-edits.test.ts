import { describe, expect, it } from 'vitest';
import { mergeEdits } from '../../../../ml/data/inference/merge-edits.ts';

const base = {
  title: 'Cars',
  target: 'price',
  assumed: ['x is left out'],
  columns: [
    { name: 'make', title: 'Make', kind: 'categorical', levels: ['Saab', 'Volvo', 'other'], other: 'other' },
    { name: 'year', title: 'Year', kind: 'numeric', min: 1990, max: 2030 },
    { name: 'note', title: 'Note', kind: 'text' },
    { name: 'price', title: 'Price', kind: 'numeric', min: 0, max: 100 },
  ],
};
const [make, year, note, price] = base.columns as [object, object, object, object];

describe('what init says now goes into what was edited', () => {
  it('changes nothing where nothing has changed', () => {
    expect(mergeEdits(base, base, base)).toEqual({ declaration: base, changes: [], conflicts: [] });
  });

  it('takes over what was not edited', () => {
    const theirs = { ...base, columns: [make, { ...year, max: 2040 }, note, price] };
    const { declaration, changes, conflicts } = mergeEdits(base, base, theirs as typeof base);
    expect(declaration).toEqual(theirs);
    expect(changes).toEqual(['year: max is 2040 now, in place of 2030']);
    expect(conflicts).toEqual([]);
  });

  it('keeps every edit', () => {
    const mine = {
      ...base,
      title: 'Used cars',
      notice: 'They are made up.',
      columns: [make, { ...year, title: 'First registration', min: 1980 }, price],
    };
    expect(mergeEdits(base, mine as typeof base, base).declaration).toEqual(mine);
  });

  it('tells where an edit wins', () => {
    const mine = {
      ...base,
      columns: [make, { ...year, max: 2035 }, { ...note, kind: 'categorical', levels: ['a', 'b'] }, price],
    };
    const theirs = { ...base, columns: [make, { ...year, max: 2040 }, { ...note, kind: 'identifier' }, price] };
    const { declaration, conflicts } = mergeEdits(base, mine as typeof base, theirs as typeof base);
    expect(declaration).toEqual(mine);
    expect(conflicts).toEqual([
      'year: max stays 2035, as edited; by the file it would be 2040',
      'note: it stays categorical, as edited; by its values it is identifier now',
    ]);
  });

  it('adds levels behind those that were edited', () => {
    const mine = { ...base, columns: [{ ...make, levels: ['Volvo', 'Saab', 'Polestar', 'other'] }, year, note, price] };
    const theirs = {
      ...base,
      columns: [{ ...make, levels: ['Lada', 'Saab', 'Polestar', 'other'] }, year, note, price],
    };
    const { declaration, changes } = mergeEdits(base, mine as typeof base, theirs as typeof base);
    expect(declaration.columns[0]).toMatchObject({ levels: ['Volvo', 'Saab', 'Polestar', 'other', 'Lada'] });
    expect(changes).toEqual(['make: levels has new ones: Lada']);
  });

  it('adds columns, finds renamed ones by their header, and takes out what is gone', () => {
    const mine = { ...base, columns: [make, { ...year, name: 'registered', header: 'year' }, note, price] };
    const theirs = {
      ...base,
      columns: [make, { ...year, max: 2040 }, price, { name: 'fuel', title: 'Fuel', kind: 'text' }],
    };
    const { declaration, changes } = mergeEdits(base, mine as typeof base, theirs as typeof base);
    expect(declaration.columns.map(({ name }) => name)).toEqual(['make', 'registered', 'price', 'fuel']);
    expect(declaration.columns[1]).toMatchObject({ header: 'year', max: 2040 });
    expect(changes).toEqual([
      'registered: max is 2040 now, in place of 2030',
      'note is not in the file any more, and is taken out',
      'fuel is new: text',
    ]);
  });

  it('keeps a column out that somebody took out', () => {
    const mine = { ...base, columns: [make, year, price] };
    expect(mergeEdits(base, mine as typeof base, base).declaration).toEqual(mine);
  });

  it('follows a kind that has changed by itself', () => {
    const theirs = {
      ...base,
      columns: [make, { name: 'year', title: 'Year', kind: 'date', format: 'date' }, note, price],
    };
    const { declaration, changes } = mergeEdits(base, base, theirs as typeof base);
    expect(declaration).toEqual(theirs);
    expect(changes).toEqual(['year is date now, in place of numeric']);
  });
});
