import { checkInteger, optionError } from '../options/option-error.ts';
import type { ConvexReport } from '../wire.ts';
import { askConvex, type Outcome } from './ask-convex.ts';

export interface ConvexWatchOptions {
	/** What the application uses, for example the content of `NEXT_PUBLIC_CONVEX_URL`. A wrong one shows in the report. */
	readonly url: string | undefined;
	/** How the application signs its users' tokens; null when not given. */
	readonly auth?: NonNullable<ConvexReport['auth']> | undefined;
	/** A public query without arguments that is asked too, for example `health:ping`; only the version when not given. */
	readonly query?: string | undefined;
	/** Milliseconds for everything together; 3000 when not given, which is also the most. */
	readonly timeoutMs?: number | undefined;
	/** An answer younger than this is given again; at least 500, 1000 when not given. */
	readonly cacheMs?: number | undefined;
	readonly fetch?: typeof globalThis.fetch | undefined;
}

export interface ConvexWatch {
	/** Asks `/version` and the query, at most once per `cacheMs`; callers at the same time share one request. Never rejects. */
	readonly report: () => Promise<ConvexReport>;
	/** The last answer, without waiting, `unknown` before the first; asks again in the background when it is old. */
	readonly latest: () => ConvexReport;
}

/** Throws a TypeError for wrong options, at start. */
export function watchConvex(options: ConvexWatchOptions): ConvexWatch {
	const timeoutMs = checkInteger('watchConvex', 'timeoutMs', options.timeoutMs ?? 3000, { min: 100, max: 3000, unit: 'milliseconds' });
	const cacheMs = checkInteger('watchConvex', 'cacheMs', options.cacheMs ?? 1000, { min: 500, max: 600_000, unit: 'milliseconds' });
	const query = options.query ?? null;
	if (query !== null && !/^[\w/.-]+:\w+$/.test(query))
		throw optionError('watchConvex', 'query', 'module:function, for example health:ping', query);
	const raw = options.url?.trim() ?? '';
	const url = readOrigin(raw);
	let held: { readonly until: number; readonly answer: Promise<ConvexReport> } | null = null;

	let last: ConvexReport = {
		url,
		at: null,
		status: 'unknown',
		code: null,
		message: 'It has not been asked yet.',
		durationMs: null,
		auth: options.auth ?? null,
	};

	const measure = async (): Promise<ConvexReport> => {
		const from = performance.now();
		const outcome = url === null ? judgeMissing(raw) : await askConvex({ url, query, timeoutMs, fetch: options.fetch ?? fetch });
		last = {
			url,
			at: url === null ? null : new Date().toISOString(),
			status: outcome === null ? 'ok' : 'fail',
			code: outcome?.code ?? null,
			message: outcome?.message ?? null,
			durationMs: url === null ? null : Math.round(performance.now() - from),
			auth: options.auth ?? null,
		};
		return last;
	};
	const report = (): Promise<ConvexReport> => {
		const now = performance.now();
		if (held === null || now >= held.until) held = { until: now + cacheMs, answer: measure() };
		return held.answer;
	};
	return {
		report,
		latest() {
			void report();
			return last;
		},
	};
}

/** A deployment's URL ends with its host: with a path behind it, every request would go astray. */
function readOrigin(raw: string): string | null {
	if (!/^https?:/i.test(raw) || !URL.canParse(raw)) return null;
	const { origin, pathname, search } = new URL(raw);
	return pathname === '/' && search === '' ? origin : null;
}

function judgeMissing(raw: string): Outcome {
	if (raw === '') return { code: 'not-set', message: 'The application has no Convex URL.' };
	if (/^https?:/i.test(raw) && URL.canParse(raw))
		return { code: 'malformed', message: 'The Convex URL goes on after its host: expected no path and no query.' };
	return { code: 'malformed', message: `The Convex URL of ${raw.length} characters is no http or https URL.` };
}
