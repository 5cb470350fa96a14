import type { IncomingMessage } from 'node:http';
import type { Secret } from '@holdfast/checks/secret';
import type { Counters } from '../counters/create-counters.ts';
import { isSameText } from '../signature/same-digest.ts';
import { type Answer, accept, refuse } from './answer.ts';

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
const MEDIA_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export interface MetricsDesk {
	readonly counters: Counters;
	readonly metricsToken: Secret | null;
	/** Of others in this process; empty when they cannot be told now. */
	readonly moreMetrics: () => Promise<string>;
}

/** `GET /metrics`: with the token, where there is one; else from this machine only, and not by way of a proxy. */
export async function handleMetrics(
	request: IncomingMessage,
	{ counters, metricsToken: token, moreMetrics }: MetricsDesk,
): Promise<Answer> {
	const [, bearer = ''] = /^bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
	const allowed = token === null ? isFromHere(request) : isSameText(bearer, token.reveal());
	if (allowed) return accept(`${counters.text()}${await moreMetrics()}`, { 'Content-Type': MEDIA_TYPE });
	const detail =
		token === null ? 'expected a request from this machine: set a token to ask from elsewhere' : 'expected the bearer token of the metrics';
	return refuse(403, 'unauthorized', detail);
}

function isFromHere({ headers, socket }: IncomingMessage): boolean {
	const forwarded = headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip'];
	return forwarded === undefined && /^(?:127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
}
