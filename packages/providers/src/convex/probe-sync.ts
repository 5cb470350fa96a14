import { randomUUID } from 'node:crypto';
import { checkReach, createGuardedLookup, TargetRefusedError } from '@holdfast/checks/target';
import type { ConvexSync, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { type RawData, WebSocket } from 'ws';
import { describeNetworkError } from '../http/describe-network-error.ts';
import { judgeStatus } from '../http/judge-status.ts';
import { rememberTrust } from '../http/remember-trust.ts';
import { showText } from '../http/shown-text.ts';
import { type ConvexOptions, readOrigin, refuseUrl } from './client.ts';
import { readFrame } from './sync-frames.ts';

/** Sub-protocol path of the official client whose frames these are. */
const syncPath = '/api/1.48.0/sync';
const nowhere = 'holdfast_probe:nowhere';
const maxPayload = 8 * 1024 * 1024;
const trustFor = rememberTrust();

/**
 * Opens the WebSocket that browsers subscribe over, adds one query and waits for its first transition. An open socket that
 * falls silent, or a query that fails, is an answer; a socket that does not open is none.
 */
export function probeSync(
	target: ConvexTarget,
	query: string | null,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<ConvexSync>> {
	const origin = readOrigin(target.url);
	if (origin === null) return Promise.resolve(refuseUrl());
	const url = new URL(origin.replace(/^http/, 'ws') + syncPath);
	const reach = target.reach ?? options.reach ?? { private: false };
	const name = 'The sync WebSocket of the Convex deployment';
	const refusal = checkReach(url.hostname, reach);
	if (refusal !== null)
		return Promise.resolve({ kind: 'no-answer', ...describeNetworkError(new TargetRefusedError(refusal), name, url.host) });
	if (signal.aborted)
		return Promise.resolve({ kind: 'no-answer', code: 'aborted', reason: `Stopped before ${name} (${url.host}) answered` });

	return new Promise((resolve) => {
		const startedAt = options.tick();
		const since = () => Math.round((options.tick() - startedAt) * 10) / 10;
		let openMs: number | null = null;
		let firstTransitionMs: number | null = null;
		const socket = new WebSocket(url, {
			followRedirects: false,
			perMessageDeflate: false,
			maxPayload,
			lookup: createGuardedLookup(reach),
			...(url.protocol === 'wss:' && reach.ca !== undefined ? { secureContext: trustFor(reach.ca) } : {}),
			headers: { 'user-agent': 'Holdfast/0.1 (runbook check)' },
		});
		const settle = (verdict: VendorVerdict<ConvexSync>) => {
			clearTimeout(timer);
			signal.removeEventListener('abort', onAbort);
			socket.terminate();
			resolve(verdict);
		};
		const end = (answered: ConvexSync['query'], message: string | null) => {
			if (openMs !== null) settle({ kind: 'answer', value: { openMs, firstTransitionMs, query: answered, message } });
		};
		const timer = setTimeout(() => {
			if (openMs !== null) return end('none', `No transition came within ${options.timeoutMs / 1000} s`);
			settle({ kind: 'no-answer', code: 'timeout', reason: `${name} (${url.host}) does not open within ${options.timeoutMs / 1000} s` });
		}, options.timeoutMs);
		const onAbort = () => settle({ kind: 'no-answer', code: 'aborted', reason: `Stopped before ${name} (${url.host}) answered` });
		signal.addEventListener('abort', onAbort, { once: true });

		socket.on('open', () => {
			openMs = since();
			const add = { type: 'Add', queryId: 0, udfPath: query ?? nowhere, args: [{}] };
			socket.send(
				JSON.stringify({ type: 'Connect', sessionId: randomUUID(), connectionCount: 0, lastCloseReason: 'InitialConnect', clientTs: 0 }),
			);
			socket.send(JSON.stringify({ type: 'ModifyQuerySet', baseVersion: 0, newVersion: 1, modifications: [add] }));
		});
		socket.on('message', (data) => {
			const frame = readFrame(toText(data));
			if (frame.kind === 'other') return;
			if (frame.kind === 'fatal') return end('error', showText(frame.message));
			firstTransitionMs ??= since();
			if (frame.query !== 'none') end(frame.query, frame.message === null ? null : showText(frame.message));
		});
		socket.on('unexpected-response', (request, response) => {
			request.destroy();
			settle(judgeStatus(response.statusCode ?? 0, name, url.host));
		});
		socket.on('error', (error) => {
			if (openMs !== null) return end('none', 'The connection broke before the query was answered');
			settle({ kind: 'no-answer', ...describeNetworkError(error, name, url.host) });
		});
		socket.on('close', (code) => end('none', `The deployment closed the connection (${code}) before the query was answered`));
	});
}

function toText(data: RawData): string {
	if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
	return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8');
}
