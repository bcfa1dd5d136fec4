import { drawImportedReport } from './draw-imported-report.ts';
import { drawReleaseReport } from './draw-release-report.ts';
import { evaluationOf } from './evaluation/evaluate.ts';
import type { Evaluation } from './evaluation/evaluation.ts';
import { makeReleaseReport, type ReportRows } from './release-report.ts';
import { type ModelOfRelease, reportedModel } from './reported-model.ts';

/** What a training leaves to be read. */
interface Reported {
  /** The report: an HTML document. */
  readonly page: string;
  /** What of it may be shown without the rows of the data; lacking of a model that was trained elsewhere. */
  readonly evaluation?: Evaluation;
}

/** The report of a release, and what of it holds no rows; of the same release both are the same, whenever they are made. */
export function reportOf(release: ModelOfRelease, rows: ReportRows): Reported {
  if (release.manifest.imported) return { page: drawImportedReport(release.manifest) };
  const report = makeReleaseReport(reportedModel(release), rows);
  return { page: drawReleaseReport(report), evaluation: evaluationOf(report) };
}

/** The report of a release as an HTML document. */
export function reportPage(release: ModelOfRelease, rows: ReportRows): string {
  return reportOf(release, rows).page;
}
