import { existsSync } from 'node:fs';
import { checkInteger, optionError } from '../options/option-error.ts';
import type { MaintenanceReport } from '../wire.ts';

export interface MaintenanceOptions {
	/** Asked at each request, so it must be quick; one that throws counts as off. This or `file`, or both: then either switches it on. */
	readonly isOn?: (() => boolean) | undefined;
	/** Path of a file that switches it on by being there, whatever it holds: no restart is needed. Looked for at each request. */
	readonly file?: string | undefined;
	/** Seconds that a client is told to wait; 120 when not given. */
	readonly retryAfterSeconds?: number | undefined;
	/** The whole HTML page that a browser's form gets in place of its answer, without scripts; a plain one of the kit's when not given. */
	readonly page?: string | undefined;
}

export interface Maintenance {
	/** The answer to give instead of handling the request; null when it may pass. */
	readonly guard: (request: Request) => Response | null;
	/** `since` is when this process first saw it. */
	readonly report: () => MaintenanceReport;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
/** For the page, in place of one that an application gives everything else, which may not allow even a style: files of the application, no script. */
const POLICY =
	"default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>Maintenance</title><style>body{margin:12vh auto;max-width:34rem;padding:0 1.25rem;font:1.05rem/1.55 system-ui,sans-serif}h1{line-height:1.2}</style><main><h1>We are at work on this site</h1><p>You can look around, but nothing can be changed right now. Please try again in a few minutes.</p><p><a href="/">To the front page</a></p></main></html>`;

/** Throws a TypeError for wrong options, at start; never afterwards. */
export function createMaintenance(options: MaintenanceOptions): Maintenance {
	const { isOn, file, page = PAGE } = options;
	if (file !== undefined && (typeof file !== 'string' || file === '')) throw optionError('createMaintenance', 'file', 'a path', file);
	if (typeof isOn !== 'function' && (isOn !== undefined || file === undefined))
		throw optionError('createMaintenance', 'isOn', 'a function', isOn);
	if (typeof page !== 'string' || page === '') throw optionError('createMaintenance', 'page', 'an HTML page', page);
	const seconds = checkInteger('createMaintenance', 'retryAfterSeconds', options.retryAfterSeconds ?? 120, {
		min: 1,
		max: 86_400,
		unit: 'seconds',
	});
	let since: string | null = null;
	const look = (): boolean => {
		let on = false;
		try {
			on = isOn?.() === true;
		} catch {
			on = false;
		}
		on ||= file !== undefined && existsSync(file);
		since = on ? (since ?? new Date().toISOString()) : null;
		return on;
	};
	return {
		guard(request) {
			if (!look() || READS.has(request.method)) return null;
			const html = request.headers.get('accept')?.includes('text/html') === true;
			return new Response(html ? page : '{"error":"maintenance"}', {
				status: 503,
				headers: {
					'content-type': html ? 'text/html; charset=utf-8' : 'application/json',
					'retry-after': String(seconds),
					'cache-control': 'no-store',
					...(html ? { 'content-security-policy': POLICY } : {}),
				},
			});
		},
		report: () => ({ on: look(), since }),
	};
}
