// What the app shows of a release beside what it predicts: its door to this room.

export { reportPath } from '../release/report.ts';
export { type ReleaseOverview, releaseOverview } from './overview/release-overview.ts';
