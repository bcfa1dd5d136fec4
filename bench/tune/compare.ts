import { type Row, rowOf } from '../table.ts';
import { bestOf, type Side } from './side.ts';

export interface Tuned {
  readonly rows: readonly Row[];
  /** The best R² over the folds of each family; null where a side has none. */
  readonly families: readonly {
    readonly model: string;
    readonly ours: number | null;
    readonly theirs: number | null;
  }[];
}

/** What ours may take of their time, and of their memory. */
const TIME = 1 / 20;
const MEMORY = 1;

/** How much lower ours may score. */
const BEHIND = 0.002;

/** What both sides came to; theirs is undefined where it was not measured. */
export function compare(ours: Side, theirs: Side | undefined): Tuned {
  const memory =
    ours.megabytes === null
      ? []
      : [rowOf({ work: 'peak memory', unit: 'MB', target: MEMORY }, ours.megabytes, theirs?.megabytes ?? null)];
  const score = (work: string, of: (side: Side) => number) =>
    rowOf({ work: `${work}, behind by`, unit: 'R²', target: BEHIND }, of(ours), theirs ? of(theirs) : null, 'behind');
  const models = [...new Set([...ours.cv.keys(), ...(theirs?.cv.keys() ?? [])])];
  return {
    rows: [
      rowOf({ work: 'whole process', unit: 's', target: TIME }, ours.seconds, theirs?.seconds ?? null),
      ...memory,
      score('best CV R²', bestOf),
      score('holdout R²', ({ holdout }) => holdout),
    ],
    families: models.map((model) => ({
      model,
      ours: ours.cv.get(model) ?? null,
      theirs: theirs?.cv.get(model) ?? null,
    })),
  };
}
