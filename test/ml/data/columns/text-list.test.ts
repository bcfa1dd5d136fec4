import { expect, test } from 'vitest';
import { TextList } from '../../../../ml/data/columns/text-list.ts';

test('texts come back as they were, whatever their characters', () => {
  const texts = new TextList();
  const added = ['', 'a', 'Zoë', '№ 7', '𝄞', '\ud800', 'ÿ', 'Ā'];
  expect(added.map((text) => texts.push(text))).toEqual([...added.keys()]);
  expect([...texts]).toEqual(added);
  expect([texts.length, texts.at(3), texts.at(added.length)]).toEqual([added.length, '№ 7', undefined]);
});

test('a text that is longer than a page stands beside the others', () => {
  const texts = new TextList();
  const long = 'x'.repeat(5_000_000);
  const added = ['a', long, 'b', `${long}Ā`, 'c'];
  for (const text of added) texts.push(text);
  for (const [place, text] of added.entries()) expect(texts.at(place) === text).toBe(true);
});
