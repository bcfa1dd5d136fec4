import { expect, test } from 'vitest';
import { TextNumbers } from '../../../../ml/data/kinds/text-numbers.ts';

test('texts are numbered as they come, whatever spaces are around them and however accents are written', () => {
  const texts = new TextNumbers();
  const written = ['007', '7', ' 007 ', 'Zoe\u0308', 'Zo\u00eb', '', '  '];
  expect(written.map(texts.numberOf)).toEqual([0, 1, 0, 2, 2, Number.NaN, Number.NaN]);
  expect([...texts.texts]).toEqual(['007', '7', 'Zo\u00eb']);
});

test('of many texts each has one number, and is given back as it was', () => {
  const texts = new TextNumbers();
  const written = Array.from({ length: 5000 }, (_, i) => `${'order '.repeat(i % 40)}${i % 3 === 0 ? '№' : 'é'} ${i}`);
  const numbers = written.map(texts.numberOf);
  expect(numbers).toEqual([...written.keys()]);
  expect(written.toReversed().map(texts.numberOf)).toEqual(numbers.toReversed());
  expect([...texts.texts]).toEqual(written);
});
