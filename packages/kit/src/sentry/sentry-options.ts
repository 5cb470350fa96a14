import { readBuild } from '../health/read-build.ts';
import { scrub } from './scrub.ts';

/** To be given to `Sentry.init` of version 10 or 11, alone or spread with options of your own. */
export interface SentryOptions {
	readonly dsn: string | undefined;
	/** False without a DSN that can be used: the SDK then sends nothing. */
	readonly enabled: boolean;
	readonly release: string | undefined;
	readonly environment: string;
	/** Version 10 asks for this, version 11 for `dataCollection`. */
	readonly sendDefaultPii: false;
	readonly dataCollection: {
		userInfo: false;
		cookies: false;
		httpHeaders: false;
		httpBodies: never[];
		urlQueryParams: false;
		stackFrameVariables: false;
	};
	/** Null, so that the event is dropped, when it cannot be scrubbed. */
	readonly beforeSend: <E extends object>(event: E) => E | null;
	/** Of version 10, and of version 11 with `traceLifecycle: 'static'`. */
	readonly beforeSendTransaction: <E extends object>(event: E) => E | null;
	/** Spans that version 11 sends one by one. One that cannot be scrubbed keeps its times and loses its words. */
	readonly beforeSendSpan: <S extends object>(span: S) => S;
	readonly beforeBreadcrumb: <B extends object>(breadcrumb: B) => B | null;
}

/**
 * Makes the options out of an environment: `SENTRY_DSN`, `SENTRY_RELEASE` (else `HOLDFAST_RELEASE`, the platform's commit, Next's build id), `SENTRY_ENVIRONMENT`
 * (else `NODE_ENV`, else `production`). For servers: it may read Next's build id from the disk. Never throws: a DSN that is none counts as absent.
 */
export function sentryOptions(environment: Readonly<Record<string, string | undefined>>): SentryOptions {
	const dsn = readDsn(environment.SENTRY_DSN);
	const build = readBuild({}, environment);
	return {
		dsn,
		enabled: dsn !== undefined,
		release: filled(environment.SENTRY_RELEASE) ?? filled(environment.HOLDFAST_RELEASE) ?? build.commit ?? build.id ?? undefined,
		environment: filled(environment.SENTRY_ENVIRONMENT) ?? filled(environment.NODE_ENV) ?? 'production',
		sendDefaultPii: false,
		dataCollection: {
			userInfo: false,
			cookies: false,
			httpHeaders: false,
			httpBodies: [],
			urlQueryParams: false,
			stackFrameVariables: false,
		},
		beforeSend: scrubEvent,
		beforeSendTransaction: scrubEvent,
		beforeSendSpan: scrubSpan,
		beforeBreadcrumb: (breadcrumb) => attempt(() => scrub(breadcrumb)),
	};
}

/** Who asked and what a form held say nothing about the fault, so both go as a whole. */
function scrubEvent<E extends object>(event: E): E | null {
	return attempt(() => {
		const scrubbed = scrub(event) as E & { user?: unknown; request?: Record<string, unknown> };
		delete scrubbed.user;
		if (scrubbed.request !== undefined) for (const field of ['data', 'cookies', 'env']) delete scrubbed.request[field];
		return scrubbed;
	});
}

function scrubSpan<S extends object>(span: S): S {
	return attempt(() => scrub(span)) ?? { ...span, name: '[removed]', description: '[removed]', attributes: {}, data: {}, links: [] };
}

function attempt<T>(make: () => T): T | null {
	try {
		return make();
	} catch {
		return null;
	}
}

function readDsn(raw: string | undefined): string | undefined {
	const value = filled(raw);
	if (value === undefined || !URL.canParse(value)) return undefined;
	const { protocol, username } = new URL(value);
	return /^https?:$/.test(protocol) && username !== '' ? value : undefined;
}

function filled(value: string | undefined): string | undefined {
	return value?.trim() || undefined;
}
