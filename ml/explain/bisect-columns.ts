/** Columns, and how far predictions move where all of them are shuffled. */
interface Block {
  readonly columns: readonly string[];
  readonly moved: number;
}

/**
 * The columns that predictions hang on, found by halves: of the columns that move them most together it is asked of one half
 * and of the other, until they are single columns. Of thousands of columns most move nothing, and go together.
 *
 * Source: group testing by splitting (Hwang 1972, "A method for detecting all defective members in a population").
 *
 * @param movedBy how far predictions move where such columns are shuffled: 0 where they stay, NaN where they are not finite
 * @param tries how often that may be asked
 * @returns single columns, that which moves them most first
 */
export async function bisectColumns(
  columns: readonly string[],
  movedBy: (columns: readonly string[]) => Promise<number>,
  tries: number,
): Promise<string[]> {
  const blocks: Block[] = [{ columns, moved: Number.NaN }];
  const single: Block[] = [];
  for (let left = tries; left >= 2; left -= 2) {
    const block = takeMost(blocks);
    if (!block) break;
    const half = block.columns.length >> 1;
    for (const part of [block.columns.slice(0, half), block.columns.slice(half)]) {
      const moved = await movedBy(part);
      if (moved !== 0) (part.length > 1 ? blocks : single).push({ columns: part, moved });
    }
  }
  return single.toSorted(byMoved).flatMap(({ columns: [column = ''] }) => column);
}

const byMoved = (a: Block, b: Block) => order(b) - order(a);
const order = ({ moved }: Block) => (Number.isFinite(moved) ? moved : Number.MAX_VALUE);

/** Takes the block that moves predictions most out of others. */
function takeMost(blocks: Block[]): Block | undefined {
  const [most] = blocks.toSorted(byMoved);
  if (most) blocks.splice(blocks.indexOf(most), 1);
  return most;
}
