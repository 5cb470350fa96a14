import { createHmac, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { MaskedSubject, SecurityEvent, SecurityLog, VendorVerdict } from '@holdfast/checks/vendors';
import { parseJson, showText } from '../http/shown-text.ts';
import { describeAbort, openFile } from './open-file.ts';
import { readLogLine } from './read-log-line.ts';
import { readSecurityLine } from './security-line.ts';

/** What is read from the end of a log. */
const tailBytes = 1024 * 1024;

/** Marks of accounts and addresses compare within one reader: its key is made here and kept nowhere. */
export function createSecurityLogReader(key: Uint8Array = randomBytes(32)) {
	return async (path: string, signal: AbortSignal): Promise<VendorVerdict<SecurityLog>> => {
		if (signal.aborted) return describeAbort('the log');
		const opened = await openFile(path, 'The log', 'log: {file: …}');
		if (opened.kind === 'no-answer') return opened;
		const { handle, sizeBytes } = opened;
		try {
			const from = Math.max(0, sizeBytes - tailBytes);
			const buffer = Buffer.alloc(sizeBytes - from);
			const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
			const text = buffer.subarray(0, bytesRead).toString('utf8');
			// The first line of a part is half a line.
			const whole = from === 0 ? text : text.slice(text.indexOf('\n') + 1);
			return { kind: 'answer', value: { ...readLines(whole.split(/\r?\n/), key), cut: from > 0 } };
		} finally {
			await handle.close();
		}
	};
}

function readLines(lines: readonly string[], key: Uint8Array): Omit<SecurityLog, 'cut'> {
	const events: SecurityEvent[] = [];
	let count = 0;
	let since: string | null = null;
	for (const line of lines) {
		const json = line.trimStart().startsWith('{') ? parseJson(line) : undefined;
		if (typeof json !== 'object' || json === null) continue;
		count += 1;
		const { at } = readLogLine(line);
		since ??= at;
		const found = readSecurityLine(json as Record<string, unknown>);
		if (found === null) continue;
		const account = found.account === null ? null : { mark: markOf(key, `account ${found.account.toLowerCase()}`), shown: null };
		const address = found.address === null ? null : maskAddress(key, found.address);
		events.push({ at, kind: found.kind, name: showText(found.name, 60), account, address, count: found.count });
	}
	return { events, lines: count, since };
}

function maskAddress(key: Uint8Array, address: string): MaskedSubject {
	const bare = address.replace(/^::ffff:(?=\d+\.)/i, '');
	return { mark: markOf(key, `address ${bare}`), shown: networkOf(bare) };
}

/** The first three numbers of an IPv4 address, the first three groups of an IPv6 one. */
function networkOf(address: string): string | null {
	if (isIP(address) === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
	if (isIP(address) !== 6) return null;
	const [head = ''] = address.split('::');
	const groups = [...head.split(':').filter((group) => group !== ''), '0', '0', '0'].slice(0, 3);
	return `${groups.join(':')}::/48`;
}

function markOf(key: Uint8Array, subject: string): string {
	return createHmac('sha256', key).update(subject).digest('hex').slice(0, 8);
}
