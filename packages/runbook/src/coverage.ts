/** How much of a document is live, and what the rest lacks (SPEC.md). */
export type { NotLive } from './coverage/explain-line.ts';
export { listLiveLines } from './coverage/list-live-lines.ts';
export type { LiveLine, LiveLineKind } from './coverage/live-line.ts';
export { type Coverage, type CoverageOptions, type DeadLine, measureCoverage, type SectionCoverage } from './coverage/measure-coverage.ts';
