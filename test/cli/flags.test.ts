import { expect, test } from 'vitest';
import { recordFromFlags } from '../../cli/flags.ts';
import { featuresOf } from '../../ml/data/declaration.ts';
import { houses } from '../houses.ts';

const record = (...flags: string[]) => recordFromFlags(featuresOf(houses), flags, new Set(['json', 'help']));

test('a value may follow a space or an equals sign, and start with a dash', () => {
  expect(record('--area', '-5', '--rooms=-1e-3', '--heating', '- none -')).toEqual({
    area: -5,
    rooms: -0.001,
    heating: '- none -',
  });
  expect(record('--heating=--a=b')).toEqual({ heating: '--a=b' });
});

test.each([
  [['--area'], /--area needs a value/],
  [['--area', '--rooms', '3'], /--area needs a value/],
  [['--area', '5', 'x'], /Unexpected argument 'x'\. The fields are: --area/],
  [['--aera', '5'], /Unknown option '--aera'/],
  [['-5'], /Unexpected argument '-5'/],
  [['--area', '5', '--area=6'], /--area is given twice/],
])('%j is refused', (flags, message) => {
  expect(() => record(...flags)).toThrow(message);
});

test('a field with the name of an option is given by --record', () => {
  const columns = [{ name: 'json', title: 'J', kind: 'numeric' } as const];
  expect(() => recordFromFlags(columns, ['--json', '3'], new Set(['json']))).toThrow(/--record '\{"json": …\}'/);
});
