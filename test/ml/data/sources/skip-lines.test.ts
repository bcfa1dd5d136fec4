import fc from 'fast-check';
import { expect, test } from 'vitest';
import { skipLines } from '../../../../ml/data/sources/skip-lines.ts';

test('lines are passed over wherever the pieces end', async () => {
  const piece = fc.constantFrom('a', 'b', '\n', '\r', '\r\n', '\n\n', '');
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), fc.nat(4), async (pieces, count) => {
      async function* given() {
        yield* pieces;
      }
      const rest = (await Array.fromAsync(skipLines(given(), count))).join('');
      const lines = pieces.join('').match(/[^\r\n]*(\r\n|\n|\r|$)/g) ?? [];
      expect(rest).toBe(lines.slice(count).join(''));
    }),
  );
});
