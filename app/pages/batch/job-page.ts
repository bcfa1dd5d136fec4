import { formatExact } from '../../../ml/serving.ts';
import type { Job } from '../../jobs/job.ts';
import { rowsText, type StatusText, statusOf } from './status.ts';
import { sizeText } from './upload-page.ts';

const MINUTE_MS = 60_000;

/** All that the page of a job shows. */
export interface JobPage {
  readonly id: string;
  readonly name: string;
  readonly status: StatusText;
  readonly isOver: boolean;
  /** Per cent; undefined where nobody knows how many rows there are. */
  readonly percent: number | undefined;
  readonly facts: readonly (readonly [string, string])[];
  /** The result, where there is one. */
  readonly result: { readonly size: string; readonly rows: string; readonly marked: string | undefined } | undefined;
  /** Which column of the result is what. */
  readonly columns: readonly (readonly [string, string])[];
  readonly failure: string | undefined;
  /** What is wrong with rows, or with the file. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  /** When its files are removed, in words. */
  readonly expiry: string | undefined;
}

export function jobPage(job: Job, now = Date.now()): JobPage {
  const { id, file, options, progress, release, result, failure, expires, ended, status } = job;
  const asked = [
    ...(options.interval ? ['how sure each is'] : []),
    ...(options.contributions ? ['contributions'] : []),
  ];
  const isOver = status !== 'waiting' && status !== 'running';
  return {
    id,
    name: file.name,
    status: statusOf(job),
    isOver,
    percent: progress.share === null ? undefined : Math.floor(100 * progress.share),
    facts: [
      ['File', `${file.format === 'csv' ? 'CSV' : 'Parquet'}, ${sizeText(file.bytes)}`],
      ['Asked for', ['predictions', ...asked].join(', ')],
      ...(release === undefined ? [] : [['Release', release] as const]),
      ...(job.started && ended ? [['Took', durationText(Date.parse(ended) - Date.parse(job.started))] as const] : []),
    ],
    result: result && {
      size: sizeText(result.bytes),
      rows: rowsText(result.rows),
      marked: result.predicted < result.rows ? formatExact(result.rows - result.predicted) : undefined,
    },
    columns: result ? columnsOf(result) : [],
    failure: failure?.detail,
    problems: failure?.problems ?? result?.problems ?? [],
    expiry: expires && expiryText(Date.parse(expires) - now),
  };
}

/** What was added, in words; contributions are too many to list. */
function columnsOf({ columns: { prediction, problem, added } }: NonNullable<Job['result']>) {
  const named = Object.values(added).filter((name) => !name.startsWith('contribution_'));
  const hasContributions = named.length < Object.keys(added).length;
  return [
    [prediction, 'what was predicted'],
    ...named.map((name) => [name, MEANINGS.find(([start]) => name.startsWith(start))?.[1] ?? 'added'] as const),
    ...(hasContributions ? [['contribution_…', 'what each field added']] : []),
    [problem, 'why a row has no prediction'],
  ] as const satisfies readonly (readonly string[])[] as readonly (readonly [string, string])[];
}

const MEANINGS = [
  ['prediction_low', 'the lower end of where the true value lies in nine of ten cases'],
  ['prediction_high', 'the upper end'],
  ['prediction_set', 'the classes among which the true one is in nine of ten cases'],
  ['probability_', 'how probable a class is'],
  ['explained_class', 'the class that contributions are of'],
  ['base', 'where the contributions start'],
  ['outside', 'what of the row was not learned from'],
] as const;

const expiryText = (ms: number) =>
  ms < MINUTE_MS ? 'within a minute' : `in ${formatExact(Math.ceil(ms / MINUTE_MS))} minutes`;

function durationText(ms: number): string {
  if (ms < 1000) return 'less than a second';
  const seconds = Math.round(ms / 1000);
  return seconds < 100 ? `${seconds} s` : `${formatExact(Math.round(seconds / 6) / 10)} min`;
}
