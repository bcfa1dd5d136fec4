import type { PlainData } from '../../../ml/core/plain-data.ts';

/** How many arrays of plain data lie in memory that threads share, and how many would be copied. */
export function sharedArrays(data: PlainData): { shared: number; copied: number } {
  if (ArrayBuffer.isView(data)) {
    const isShared = data.buffer instanceof SharedArrayBuffer;
    return { shared: Number(isShared), copied: Number(!isShared) };
  }
  const counts = { shared: 0, copied: 0 };
  if (typeof data !== 'object' || data === null) return counts;
  for (const each of Object.values(data)) {
    const { shared, copied } = sharedArrays(each as PlainData);
    counts.shared += shared;
    counts.copied += copied;
  }
  return counts;
}
