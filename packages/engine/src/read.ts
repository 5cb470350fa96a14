/** What pages read: from roll-ups and rows, never from raw samples. Nothing here writes. */
export { type Availability, type AvailableDay, readAvailability } from './rollup/read-availability.ts';
export { type History, type HistoryPoint, readHistory } from './rollup/read-history.ts';
