import { judge, type Verdict } from '../selection/gate.ts';
import type { Manifest } from './manifest.ts';
import { recordedTask } from './recorded-task.ts';

/** Whether the gate lets a release pass, and why, by what its manifest records. */
export function recordedVerdict(manifest: Manifest): Verdict {
  return judge(manifest, recordedTask(manifest));
}
