import { drawReleaseReport } from './draw-release-report.ts';
import { makeReleaseReport, type ReportRows } from './release-report.ts';
import { type ModelOfRelease, reportedModel } from './reported-model.ts';

/** The report of a release as an HTML document; of the same release it has the same bytes, whenever it is made. */
export function reportPage(release: ModelOfRelease, rows: ReportRows): string {
  return drawReleaseReport(makeReleaseReport(reportedModel(release), rows));
}
