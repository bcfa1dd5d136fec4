// What a job has used and costs, in words.

import { ParamError } from '../../../ml/core/errors.ts';
import { totalOf } from '../cost/prices.ts';
import { type ClusterUse, trainingCost } from '../cost/training-month.ts';
import type { RunState } from './job-run.ts';

/** Whose prices stand for those of a region that the table lacks. */
const elsewhere = 'us-east-1';

/** "8.2 vCPU-hours, about 0.61 USD so far"; empty while EMR does not tell. */
export function costText(run: RunState, region: string, over: boolean): string {
  const { billedResourceUtilization: billed, totalResourceUtilization: total } = run;
  const told = billed?.vCPUHour ? billed : total;
  if (!told?.vCPUHour) return '';
  const use: ClusterUse = {
    vcpuHours: told.vCPUHour,
    memoryGbHours: told.memoryGBHour ?? 0,
    storageGbHours: told.storageGBHour ?? 0,
  };
  const { usd, whose } = priceOf(use, region);
  return `${use.vcpuHours.toFixed(1)} vCPU-hours, about ${usd.toFixed(2)} USD${over ? '' : ' so far'}${whose}`;
}

function priceOf(use: ClusterUse, region: string): { readonly usd: number; readonly whose: string } {
  try {
    return { usd: totalOf(trainingCost(use, region)), whose: '' };
  } catch (error) {
    if (!(error instanceof ParamError)) throw error;
    return { usd: totalOf(trainingCost(use, elsewhere)), whose: ` at the prices of ${elsewhere}` };
  }
}
