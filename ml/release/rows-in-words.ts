import { programOf } from '../selection/imported-record.ts';
import type { Manifest } from './manifest.ts';

const count = (rows: number) => `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;

/** From which rows a release's model has learned: "3,200 rows"; of one that was trained elsewhere where. */
export function learnedFromInWords({ data, imported }: Pick<Manifest, 'data' | 'imported'>): string {
  return imported ? `rows that ${programOf(imported)} was given` : count(data.train);
}

/** Of which rows a release is made: "4,000 rows, 3,200 learned from, 800 held out". */
export function rowsInWords(manifest: Pick<Manifest, 'data' | 'imported'>): string {
  const { data, imported } = manifest;
  if (imported) return `learned from ${learnedFromInWords(manifest)}; ${count(data.test)} of proof have a target`;
  return `${count(data.rows)}, ${data.train.toLocaleString('en')} learned from, ${data.test.toLocaleString('en')} held out`;
}
