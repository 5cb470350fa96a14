import type { LogTail, VendorVerdict } from '@holdfast/checks/vendors';
import { describeAbort, openFile } from './open-file.ts';
import { readLogLine } from './read-log-line.ts';

/** What is read from the end of a log; most lines of it that are given. */
const tailBytes = 1024 * 1024;
const maxLines = 5000;

/** The end of a log that grows while it is read: what is written meanwhile is left for the next time. */
export async function readLog(path: string, signal: AbortSignal): Promise<VendorVerdict<LogTail>> {
	if (signal.aborted) return describeAbort('the log');
	const opened = await openFile(path, 'The log', 'log: {file: …}');
	if (opened.kind === 'no-answer') return opened;
	const { handle, sizeBytes, writtenAt } = opened;
	try {
		const from = Math.max(0, sizeBytes - tailBytes);
		const buffer = Buffer.alloc(sizeBytes - from);
		const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
		const text = buffer.subarray(0, bytesRead).toString('utf8');
		// The first line of a part is half a line.
		const whole = from === 0 ? text : text.slice(text.indexOf('\n') + 1);
		const lines = whole.split(/\r?\n/).filter((line) => line.trim() !== '');
		return {
			kind: 'answer',
			value: {
				lines: lines.slice(-maxLines).map(readLogLine),
				cut: from > 0 || lines.length > maxLines,
				writtenAt: writtenAt.toISOString(),
			},
		};
	} finally {
		await handle.close();
	}
}
