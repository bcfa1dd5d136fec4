import type { Declaration } from '../../data/declaration.ts';
import type { Domain, LearnedColumn } from '../../explain/domain.ts';
import type { JobColumn } from './job-results.ts';

/** A domain whose levels and ranges are those of all training rows on the cluster, beyond those that the release keeps. */
export function withLearned(domain: Domain, { time }: Declaration, columns: readonly JobColumn[]): Domain {
  return { ...domain, columns: columns.filter(({ column }) => column !== time).map(learnedColumn) };
}

function learnedColumn(learned: JobColumn): LearnedColumn {
  const { column, missing } = learned;
  if ('seen' in learned) return { column, missing: missing > 0, kind: 'levels', seen: learned.seen };
  const { min, max } = learned;
  return { column, missing: missing > 0, kind: 'range', range: { min, max } };
}
