/**
 * Which functions read much and return little: the sign of a filter without an index. Pure.
 * The log counts documents and bytes read, and bytes returned, but not documents returned. With documents of like size,
 * documents read per document returned is bytes read per byte returned, and that is what is judged here.
 */
import type { Finding } from '../../contract.ts';
import type { FunctionRuns } from '../../convex/read-log.ts';

/**
 * From how many documents read by one execution it matters. Convex advises an index from about 1,000 documents on
 * (https://docs.convex.dev/understanding/best-practices) and refuses at 32,000 (https://docs.convex.dev/production/state/limits).
 */
export interface ReadLimits {
	/** Documents of one execution from which it warns. */
	readonly warn: number;
	/** Documents of one execution from which it fails. */
	readonly fail: number;
	/** Documents read per document returned from which it is taken for a scan. */
	readonly ratio: number;
}

export const documentsAllowed = 32_000;
/** A result without documents is still a few bytes: a division by less would make every count a scan. */
const leastReturnedBytes = 64;

export interface Reads {
	readonly path: string;
	readonly kind: FunctionRuns['kind'];
	/** Of the execution that read most, of those that look like a scan where there are any. */
	readonly documents: number;
	/** Documents read per document returned, about; null when the log does not tell. */
	readonly ratio: number | null;
	/** Executions that read at least so many as would warn. */
	readonly count: number;
}

/** @returns one row for each function that read documents, the most first. */
export function measureReads(functions: readonly FunctionRuns[], limits: ReadLimits): readonly Reads[] {
	return functions
		.flatMap(({ path, kind, executions }) => {
			const read = executions.filter(({ cached, documentsRead }) => !cached && (documentsRead ?? 0) > 0);
			const rows = read.map((execution) => ({ documents: execution.documentsRead ?? 0, ratio: readRatio(execution) }));
			const scans = rows.filter(({ documents, ratio }) => documents >= limits.warn && (ratio ?? 0) >= limits.ratio);
			const most = (scans.length > 0 ? scans : rows).toSorted((a, b) => b.documents - a.documents)[0];
			if (most === undefined) return [];
			const count = read.filter(({ documentsRead }) => (documentsRead ?? 0) >= limits.warn).length;
			return [{ path, kind, ...most, count }];
		})
		.toSorted((a, b) => b.documents - a.documents);
}

function readRatio({ bytesRead, bytesReturned }: FunctionRuns['executions'][number]): number | null {
	return bytesRead === null || bytesReturned === null ? null : bytesRead / Math.max(bytesReturned, leastReturnedBytes);
}

export function judgeReads(rows: readonly Reads[], limits: ReadLimits): readonly Finding[] {
	return rows.flatMap((row) => judgeRow(row, limits) ?? []);
}

function judgeRow({ path, documents, ratio, count }: Reads, limits: ReadLimits): Finding | null {
	const fix = `give the table an index for the filter of ${path} and read with withIndex, or page the result`;
	if (documents >= documentsAllowed * 0.8)
		return {
			code: 'scans.near-limit',
			severity: 'fail',
			message: `${path} reads ${documents} documents in one execution; at ${documentsAllowed} the deployment ends it`,
			fix,
		};
	if (documents < limits.warn) return null;
	if (ratio === null) {
		const message = `${path} reads ${documents} documents in one execution; how much of it is returned, the log does not say`;
		return { code: 'scans.many-reads', severity: documents >= limits.fail ? 'warn' : 'info', message, fix };
	}
	if (ratio < limits.ratio) return null;
	return {
		code: 'scans.full-scan',
		severity: documents >= limits.fail ? 'fail' : 'warn',
		message: `${path} reads ${documents} documents and returns about one in ${Math.round(ratio)} of them (${count} execution${count === 1 ? '' : 's'})`,
		fix,
	};
}
