/**
 * The page behind `/acknowledge/<token>`, for a plain node:http server. Guarantees: only a POST changes something (mail scanners follow links);
 * whatever is sent, the answer is a page, bounded in time and size, and no token stands in it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type TokenBucket, takeTokens } from '../ingest/limits/token-bucket.ts';
import { OperationError } from '../operation-error.ts';
import type { Database } from '../storage/open-database.ts';
import { findLink, useLink } from './links.ts';
import { acknowledgedPage, askPage, brokenPage, busyPage, expiredPage, overPage, unknownPage, usedPage } from './page-texts.ts';
import { PAGE_HEADERS, type PageText, renderPage } from './render-page.ts';

export interface AcknowledgePageOptions {
	readonly database: Database;
	/** Told of what could not be answered; without a token. */
	readonly onError?: (error: unknown) => void;
}

/** @returns true when the request is its own, and answered by it */
export type PageHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

const PATH = /^\/acknowledge\/([^/?#]*)(?:[?#].*)?$/;
/** A form without fields sends nothing. */
const MOST_BODY_BYTES = 1024;
const BODY_WITHIN_MS = 5000;
/** Tries with unknown links from one address: thirty at once, one every two seconds after that. Nobody guesses 256 bits; it spares the database. */
const GUESSES = { perSecond: 0.5, burst: 30 };
const MOST_ADDRESSES = 10_000;

export function createAcknowledgePage({ database, onError }: AcknowledgePageOptions): PageHandler {
	const guesses = new Map<string, TokenBucket>();
	const answer = async (request: IncomingMessage, token: string): Promise<Answer> => {
		const from = request.socket.remoteAddress ?? '';
		const now = await database.now();
		const link = await findLink(database, token, now);
		if (link === null) {
			// Only who guesses is held up: behind a proxy everybody has one address.
			const before = guesses.get(from);
			const left = takeTokens(before, GUESSES, { amount: 1, now });
			if (!left.ok) return { status: 429, page: busyPage, retryAfterMs: left.retryAfterMs };
			if (before === undefined && guesses.size >= MOST_ADDRESSES) guesses.clear();
			guesses.set(from, left.bucket);
			return { status: 404, page: unknownPage };
		}
		if (link.state === 'used') return { status: 410, page: usedPage };
		if (link.state === 'expired') return { status: 410, page: expiredPage };
		if (link.incident.state !== 'open') return { status: 200, page: overPage(link) };
		if (request.method !== 'POST') return { status: 200, page: askPage(link) };
		try {
			return (await useLink(database, token, link)) ? { status: 200, page: acknowledgedPage(link) } : { status: 410, page: usedPage };
		} catch (error) {
			if (!(error instanceof OperationError && error.code === 'conflict')) throw error;
			const seen = await findLink(database, token, now);
			return { status: 409, page: overPage(seen ?? link) };
		}
	};
	return (request, response) => {
		const token = PATH.exec(request.url ?? '')?.[1];
		if (token === undefined) return false;
		const method = request.method ?? '';
		if (!['GET', 'HEAD', 'POST'].includes(method)) {
			request.resume();
			response.writeHead(405, { ...PAGE_HEADERS, allow: 'GET, HEAD, POST' }).end(renderPage(unknownPage));
			return true;
		}
		void (method === 'POST' ? readToEnd(request) : Promise.resolve(true))
			.then((isSmall): Answer | Promise<Answer> => (isSmall ? answer(request, token) : { status: 413, page: unknownPage, isLast: true }))
			.catch((error: unknown): Answer => {
				onError?.(error);
				return { status: 503, page: brokenPage, retryAfterMs: 60_000 };
			})
			.then((given) => write(response, given, method));
		return true;
	};
}

interface Answer {
	readonly status: number;
	readonly page: PageText;
	readonly retryAfterMs?: number;
	/** The connection is of no further use: what was not read of it would be taken for a request. */
	readonly isLast?: boolean;
}

function write(response: ServerResponse, { status, page, retryAfterMs, isLast }: Answer, method: string): void {
	if (response.destroyed) return;
	const html = renderPage(page);
	response.writeHead(status, {
		...PAGE_HEADERS,
		'content-length': Buffer.byteLength(html),
		...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1000))) }),
		...(isLast === true ? { connection: 'close' } : {}),
	});
	response.end(method === 'HEAD' ? undefined : html);
}

/** What stands in the body does not matter. @returns false: too much, or too slow */
function readToEnd(request: IncomingMessage): Promise<boolean> {
	return new Promise((resolve, reject) => {
		let size = 0;
		const end = (isSmall: boolean): void => {
			clearTimeout(timer);
			request.pause();
			resolve(isSmall);
		};
		const timer = setTimeout(() => end(false), BODY_WITHIN_MS);
		request.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size > MOST_BODY_BYTES) end(false);
		});
		request.once('end', () => end(true));
		request.once('error', (error) => {
			clearTimeout(timer);
			reject(error);
		});
	});
}
