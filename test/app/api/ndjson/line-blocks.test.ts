import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LineBlock, lineBlocks } from '../../../../app/api/ndjson/line-blocks.ts';

async function blocksOf(chunks: readonly string[], longest = 1000): Promise<LineBlock[]> {
  async function* stream() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  return Array.fromAsync(lineBlocks(stream(), longest));
}

const told = (blocks: readonly LineBlock[]) =>
  blocks.map((block) => ('tooLong' in block ? [block.line] : [block.line, block.bytes.toString()]));

test('a block is the whole lines that have come', async () => {
  expect(told(await blocksOf(['a\nb', 'b\n', 'c\n\nd']))).toEqual([
    [1, 'a\n'],
    [2, 'bb\n'],
    [3, 'c\n\n'],
    [5, 'd'],
  ]);
  expect(await blocksOf([])).toEqual([]);
});

test('lines are counted though a block is handed over before the next is asked for', async () => {
  async function* stream() {
    for (let i = 0; i < 3; i++) yield Buffer.from('a\n'.repeat(100_000));
  }
  const begun: number[] = [];
  for await (const block of lineBlocks(stream(), 10)) {
    begun.push(block.line);
    if ('bytes' in block) structuredClone(null, { transfer: [block.bytes.buffer as ArrayBuffer] });
  }
  expect(begun).toEqual([1, 100_001, 200_001]);
});

test('a line that is too long is passed over, wherever it is cut', async () => {
  expect(told(await blocksOf(['a\n123', '4567', '89\nb\n', 'c'], 5))).toEqual([[1, 'a\n'], [2], [3, 'b\n'], [4, 'c']]);
  expect(told(await blocksOf(['1234567'], 5))).toEqual([[1]]);
});

test('whatever the chunks are, the lines come in their order with their numbers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: fc.constantFrom('a', '\n', 'é') })), async (chunks) => {
      const blocks = await blocksOf(chunks);
      const all = blocks.map((block) => ('bytes' in block ? block.bytes.toString() : '')).join('');
      expect(all).toBe(chunks.join(''));
      let line = 1;
      for (const block of blocks) {
        expect(block.line).toBe(line);
        if ('bytes' in block) line += block.bytes.toString().split('\n').length - 1;
      }
    }),
  );
});
