import { featureKindOf, formatExact, type Issue, knowsHowSure, type Predictor } from '../../../ml/serving.ts';
import type { Job } from '../../jobs/job.ts';
import { type StatusText, statusOf } from './status.ts';

/** Why a file was not taken. */
export interface Refused {
  readonly detail: string;
  readonly issues: readonly Issue[];
}

/** All that the page shows on which files are sent. */
export interface UploadPage {
  readonly title: string;
  readonly notice: string | undefined;
  readonly target: string;
  readonly isOfClasses: boolean;
  /** Whether the release knows how sure it is. */
  readonly knowsHowSure: boolean;
  readonly limit: string;
  readonly columns: readonly { readonly name: string; readonly title: string; readonly allowed: string }[];
  readonly jobs: readonly { readonly id: string; readonly name: string; readonly status: StatusText }[];
  readonly refused: Refused | undefined;
}

/** @param bytes how long a file may be. @param jobs those of whoever looks */
export function uploadPage(predictor: Predictor, bytes: number, jobs: readonly Job[], refused?: Refused): UploadPage {
  const { dataset } = predictor.manifest;
  return {
    title: dataset.title,
    notice: dataset.notice,
    target: predictor.target.title,
    isOfClasses: predictor.task !== 'regression',
    knowsHowSure: knowsHowSure(predictor),
    limit: sizeText(bytes),
    columns: predictor.features.map((column) => ({
      name: column.name,
      title: column.title,
      allowed: featureKindOf(column).allowed(),
    })),
    jobs: jobs.map((job) => ({ id: job.id, name: job.file.name, status: statusOf(job) })),
    refused,
  };
}

const UNITS = ['bytes', 'kB', 'MB', 'GB'];

/** A size for people: 12 kB, 500 MB. */
export function sizeText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const size = bytes / 1000 ** power;
  return `${formatExact(size < 10 && power > 0 ? Math.round(size * 10) / 10 : Math.round(size))} ${UNITS[power]}`;
}

/** A file with a column for each field, and no row. */
export const templateCsv = ({ features }: Predictor): string => `${features.map(({ name }) => name).join(',')}\n`;
