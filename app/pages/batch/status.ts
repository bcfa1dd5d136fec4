import { formatExact } from '../../../ml/serving.ts';
import type { Job } from '../../jobs/job.ts';

/** How a job is, in words, and which colour goes with it. */
export interface StatusText {
  readonly text: string;
  readonly tone: 'busy' | 'good' | 'bad' | 'idle';
}

export function statusOf({ status, progress, result }: Job): StatusText {
  switch (status) {
    case 'waiting':
      return { text: 'Waiting for its turn', tone: 'busy' };
    case 'running':
      return { text: `Running: ${rowsText(progress.rows)} so far`, tone: 'busy' };
    case 'done': {
      const marked = result ? result.rows - result.predicted : 0;
      return marked === 0 ? { text: 'Done', tone: 'good' } : { text: `Done, ${rowsText(marked)} marked`, tone: 'good' };
    }
    case 'failed':
      return { text: 'Failed', tone: 'bad' };
    case 'cancelled':
      return { text: 'Cancelled', tone: 'idle' };
  }
}

/** "1 row", "9,000 rows". */
export const rowsText = (rows: number): string => `${formatExact(rows)} ${rows === 1 ? 'row' : 'rows'}`;
