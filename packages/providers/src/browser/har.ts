/** HAR 1.2 of a walk: which requests, how long, how large. No bodies, no cookies, no credentials, no values of queries. */
import type { Request } from 'playwright-core';
import { withoutQuery } from './watch-page.ts';

export interface HarRecorder {
	/** @param error in the browser's words; null when the request came to its end. */
	readonly add: (request: Request, error: string | null) => void;
	/** Waits for what is still being read, then gives the file. */
	readonly finish: () => Promise<Uint8Array>;
}

/** Headers whose values say how something was served and hold no secret. */
const shownHeaders = new Set([
	'accept-ranges',
	'age',
	'cache-control',
	'content-encoding',
	'content-length',
	'content-type',
	'date',
	'server',
	'vary',
	'x-content-type-options',
]);
const maxEntries = 500;

export function recordHar(): HarRecorder {
	const entries: Promise<Entry>[] = [];
	return {
		add: (request, error) => {
			if (entries.length < maxEntries) entries.push(toEntry(request, error));
		},
		finish: async () => {
			const settled = await Promise.allSettled(entries);
			const read = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
			const log = {
				version: '1.2',
				creator: { name: 'Holdfast', version: '0.1' },
				comment: 'Without bodies, cookies, credentials and values of queries',
				pages: [],
				entries: read.toSorted((a, b) => (a.startedDateTime < b.startedDateTime ? -1 : 1)),
			};
			return new TextEncoder().encode(JSON.stringify({ log }, null, '\t'));
		},
	};
}

type Entry = Awaited<ReturnType<typeof toEntry>>;

async function toEntry(request: Request, error: string | null) {
	const timing = request.timing();
	const response = error === null ? await request.response() : null;
	const headers = response?.headers() ?? {};
	const part = (from: number, to: number) => (from >= 0 && to >= from ? Math.round((to - from) * 10) / 10 : 0);
	const wait = part(timing.requestStart, timing.responseStart);
	const receive = part(timing.responseStart, timing.responseEnd);
	return {
		startedDateTime: new Date(Math.max(0, timing.startTime)).toISOString(),
		time: wait + receive,
		request: {
			method: request.method(),
			url: withQueryNames(request.url()),
			httpVersion: 'HTTP/1.1',
			headers: [],
			queryString: queryNames(request.url()).map((name) => ({ name, value: '' })),
			cookies: [],
			headersSize: -1,
			bodySize: -1,
		},
		response: {
			status: response?.status() ?? 0,
			statusText: response?.statusText() ?? '',
			httpVersion: 'HTTP/1.1',
			headers: Object.entries(headers)
				.filter(([name]) => shownHeaders.has(name))
				.map(([name, value]) => ({ name, value: value.slice(0, 300) })),
			cookies: [],
			content: { size: Number(headers['content-length'] ?? -1), mimeType: (headers['content-type'] ?? '').slice(0, 100) },
			redirectURL: headers.location === undefined ? '' : withoutQuery(new URL(headers.location, request.url()).href),
			headersSize: -1,
			bodySize: -1,
		},
		cache: {},
		timings: { send: 0, wait, receive },
		...(error === null ? {} : { comment: error }),
	};
}

function queryNames(url: string): readonly string[] {
	return URL.canParse(url) ? [...new Set(new URL(url).searchParams.keys())].slice(0, 30).map((name) => name.slice(0, 60)) : [];
}

function withQueryNames(url: string): string {
	const names = queryNames(url);
	return `${withoutQuery(url)}${names.length === 0 ? '' : `?${names.map((name) => `${encodeURIComponent(name)}=`).join('&')}`}`;
}
