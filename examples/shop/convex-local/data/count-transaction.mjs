import { getDocumentSize } from 'convex/values';
import { documentBytes, transactionLimits } from '../limits.mjs';

/** @import { Document, TransactionUsage } from './data.d.ts' */

const HELP =
	'Consider using smaller limits in your queries, paginating your queries, or using indexed queries with a selective index range expressions.';

/** @returns {TransactionUsage} */
export const nothingUsed = () => ({ documents: 0, bytes: 0, ranges: new Set(), written: 0, writtenBytes: 0, scheduled: 0 });

/** @param {TransactionUsage} usage @param {string} range the same text for the same range @param {readonly Document[]} read */
export function countRead(usage, range, read) {
	usage.ranges.add(range);
	if (usage.ranges.size > transactionLimits.reads)
		throw new Error(`Too many reads in a single function execution (limit: ${transactionLimits.reads}). ${HELP}`);
	for (const document of read) {
		usage.documents++;
		usage.bytes += sizeOf(document);
		if (usage.documents > transactionLimits.documentsRead)
			throw new Error(`Too many documents read in a single function execution (limit: ${transactionLimits.documentsRead}). ${HELP}`);
		if (usage.bytes > transactionLimits.bytesRead)
			throw new Error(`Too many bytes read in a single function execution (limit: ${transactionLimits.bytesRead} bytes). ${HELP}`);
	}
}

/** @param {TransactionUsage} usage @param {Document | null} document */
export function countWrite(usage, document) {
	const bytes = document === null ? 0 : sizeOf(document);
	if (bytes > documentBytes) throw new Error(`Value is too large (${(bytes / documentBytes).toFixed(2)} MiB > maximum size 1 MiB)`);
	usage.written++;
	usage.writtenBytes += bytes;
	if (usage.written > transactionLimits.documentsWritten)
		throw new Error(`Too many writes in a single function execution (limit: ${transactionLimits.documentsWritten})`);
	if (usage.writtenBytes > transactionLimits.bytesWritten)
		throw new Error(`Too many bytes written in a single function execution (limit: ${transactionLimits.bytesWritten} bytes)`);
}

/** @param {TransactionUsage} usage */
export function countScheduled(usage) {
	usage.scheduled++;
	if (usage.scheduled > transactionLimits.functionsScheduled)
		throw new Error(`Too many functions scheduled by this mutation (limit: ${transactionLimits.functionsScheduled})`);
}

/** @param {Document} document */
const sizeOf = (document) => getDocumentSize(/** @type {Record<string, import('convex/values').Value>} */ (document));
