import fc from 'fast-check';
import { expect, test } from 'vitest';
import { momentText } from '../../../../ml/data/sources/moment-text.ts';

test('moments are written as Date writes them, without milliseconds where there are none', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), fc.boolean(), (date, isWhole) => {
      const ms = isWhole ? Math.floor(date.getTime() / 1000) * 1000 : date.getTime();
      fc.pre(!Number.isNaN(new Date(ms).getTime()));
      expect(momentText(BigInt(ms))).toBe(new Date(ms).toISOString().replace(/(\.000)?Z$/, ''));
    }),
  );
});
