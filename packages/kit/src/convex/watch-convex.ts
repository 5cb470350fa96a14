import { checkInteger } from '../options/option-error.ts';
import type { ConvexProblemCode, ConvexReport } from '../wire.ts';

export interface ConvexWatchOptions {
	/** What the application uses, for example the content of `NEXT_PUBLIC_CONVEX_URL`. A wrong one shows in the report. */
	readonly url: string | undefined;
	/** How the application signs its users' tokens; null when not given. */
	readonly auth?: NonNullable<ConvexReport['auth']> | undefined;
	/** Milliseconds; 2000 when not given. */
	readonly timeoutMs?: number | undefined;
	/** An answer younger than this is given again; at least 5000, which is also the default. */
	readonly cacheMs?: number | undefined;
	readonly fetch?: typeof globalThis.fetch | undefined;
}

export interface ConvexWatch {
	/** Asks `/version`, at most once per `cacheMs`; callers at the same time share one request. Never rejects. */
	readonly report: () => Promise<ConvexReport>;
	/** The last answer, without waiting, `unknown` before the first; asks again in the background when it is old. */
	readonly latest: () => ConvexReport;
}

type Outcome = { readonly code: ConvexProblemCode; readonly message: string } | null;

/** Throws a TypeError for wrong options, at start. */
export function watchConvex(options: ConvexWatchOptions): ConvexWatch {
	const timeoutMs = checkInteger('watchConvex', 'timeoutMs', options.timeoutMs ?? 2000, { min: 100, max: 10_000, unit: 'milliseconds' });
	const cacheMs = checkInteger('watchConvex', 'cacheMs', options.cacheMs ?? 5000, { min: 5000, max: 600_000, unit: 'milliseconds' });
	const raw = options.url?.trim() ?? '';
	const url = /^https?:/i.test(raw) && URL.canParse(raw) ? new URL(raw).origin : null;
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
		const outcome = url === null ? judgeMissing(raw) : await ask(url, options.fetch ?? fetch, timeoutMs);
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

function judgeMissing(raw: string): Outcome {
	if (raw === '') return { code: 'not-set', message: 'The application has no Convex URL.' };
	return { code: 'malformed', message: `The Convex URL of ${raw.length} characters is no http or https URL.` };
}

async function ask(url: string, send: typeof globalThis.fetch, timeoutMs: number): Promise<Outcome> {
	try {
		const response = await send(`${url}/version`, {
			signal: AbortSignal.timeout(timeoutMs),
			redirect: 'manual',
			headers: { connection: 'close' },
		});
		await response.body?.cancel();
		if (response.status === 429) return { code: 'rate-limited', message: 'Convex answers 429: too many requests.' };
		if (response.status >= 500) return { code: 'server-error', message: `Convex answers ${response.status}.` };
		return response.ok ? null : { code: 'not-convex', message: `${url}/version answers ${response.status}, as no Convex deployment does.` };
	} catch (cause) {
		return describeFailure(cause, timeoutMs);
	}
}

function describeFailure(cause: unknown, timeoutMs: number): Outcome {
	if (cause instanceof Error && cause.name === 'TimeoutError') return { code: 'timeout', message: `No answer within ${timeoutMs} ms.` };
	const inner: unknown = cause instanceof Error ? cause.cause : null;
	const code = typeof inner === 'object' && inner !== null && 'code' in inner ? String(inner.code).slice(0, 60) : 'unknown error';
	return /CERT|TLS|SSL|SELF_SIGNED|ALTNAME/.test(code)
		? { code: 'tls', message: `The TLS connection to Convex fails: ${code}.` }
		: { code: 'network', message: `Convex cannot be reached: ${code}.` };
}
