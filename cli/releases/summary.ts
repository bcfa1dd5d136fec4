import type { ListedRelease } from '../../ml/release/list.ts';
import { recordedTask } from '../../ml/release/recorded-task.ts';
import { nameOf } from '../../ml/selection/chosen.ts';
import { judge } from '../../ml/selection/gate.ts';
import { type Scores, shownIfKnown } from '../../ml/selection/metric.ts';

/** What is told of a release in a line, and to programs; all but the first four null where it cannot be read. */
interface ReleaseSummary extends Pick<ListedRelease, 'id' | 'path' | 'state' | 'problem'> {
  /** When, as ISO 8601 in UTC. */
  readonly written: string;
  readonly model: string | null;
  readonly rows: number | null;
  readonly holdout: Scores | null;
  /** The task's objective on the held-out rows, as people are shown it. */
  readonly score: string | null;
  /** In a word: "released", "forced" or "held back"; and why. */
  readonly verdict: 'released' | 'forced' | 'held back' | null;
  readonly reason: string | null;
}

export function summaryOf({ id, path, state, written, manifest, problem }: ListedRelease): ReleaseSummary {
  const known = { id, path, state, written: written.toISOString(), problem };
  if (!manifest) return { ...known, model: null, rows: null, holdout: null, score: null, verdict: null, reason: null };
  const { chosen, data, holdout } = manifest;
  const task = recordedTask(manifest);
  const { reason, forced } = judge(manifest, task);
  return {
    ...known,
    model: nameOf(chosen),
    rows: data.rows,
    holdout,
    score: shownIfKnown(task.objective, holdout),
    verdict: state === 'held back' ? 'held back' : forced ? 'forced' : 'released',
    reason,
  };
}
