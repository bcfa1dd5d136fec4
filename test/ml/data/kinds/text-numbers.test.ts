import { expect, test } from 'vitest';
import { TextNumbers } from '../../../../ml/data/kinds/text-numbers.ts';

test('texts are numbered as they come, whatever spaces are around them and however accents are written', () => {
  const texts = new TextNumbers();
  const written = ['007', '7', ' 007 ', 'Zoe\u0308', 'Zo\u00eb', '', '  '];
  expect(written.map(texts.numberOf)).toEqual([0, 1, 0, 2, 2, Number.NaN, Number.NaN]);
  expect(texts.texts).toEqual(['007', '7', 'Zo\u00eb']);
});
