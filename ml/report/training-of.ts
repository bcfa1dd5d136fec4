import type { Manifest } from '../release/manifest.ts';
import { recordedTask } from '../release/recorded-task.ts';
import { recordedVerdict } from '../release/recorded-verdict.ts';
import type { Training } from './records.ts';

/** What came of a training, as its release says. Its id is not known while its report is made, which is a part of it. */
export function trainingOf(manifest: Manifest): Training {
  const task = recordedTask(manifest);
  const { dataset, plan, champion, chosen, holdout, threshold, leaderboard } = manifest;
  return {
    dataset: dataset.name,
    target: dataset.target,
    task: task.kind,
    plan,
    weight: dataset.weight,
    release: null,
    path: null,
    verdict: recordedVerdict(manifest),
    champion,
    chosen: chosen.model,
    model: chosen,
    holdout,
    threshold,
    leaderboard,
  };
}
