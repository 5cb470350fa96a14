import { createScrubber, type Scrub } from './scrub.ts';

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

/** What is known when the SDK is started. `secrets`: the application's own by name. */
export interface Destination {
	readonly dsn: string | null | undefined;
	readonly release: string | undefined;
	readonly environment: string | undefined;
	readonly secrets?: ReadonlyMap<string, string> | undefined;
}

/** Never throws: a DSN that is none counts as absent. Needs nothing of Node. */
export function makeOptions({ dsn: given, release, environment, secrets }: Destination): SentryOptions {
	const scrub = createScrubber(secrets);
	const dsn = readDsn(given);
	return {
		dsn,
		enabled: dsn !== undefined,
		release,
		environment: environment ?? 'production',
		sendDefaultPii: false,
		dataCollection: {
			userInfo: false,
			cookies: false,
			httpHeaders: false,
			httpBodies: [],
			urlQueryParams: false,
			stackFrameVariables: false,
		},
		beforeSend: (event) => scrubEvent(scrub, event),
		beforeSendTransaction: (event) => scrubEvent(scrub, event),
		beforeSendSpan: (span) =>
			attempt(() => scrub(span)) ?? { ...span, name: '[removed]', description: '[removed]', attributes: {}, data: {}, links: [] },
		beforeBreadcrumb: (breadcrumb) => attempt(() => scrub(breadcrumb)),
	};
}

/** Text without white space around it; undefined when nothing is left. */
export function filled(value: string | null | undefined): string | undefined {
	return value?.trim() || undefined;
}

/** Who asked and what a form held say nothing about the fault, so both go as a whole. */
function scrubEvent<E extends object>(scrub: Scrub, event: E): E | null {
	return attempt(() => {
		const scrubbed = scrub(event) as E & { user?: unknown; request?: Record<string, unknown> };
		delete scrubbed.user;
		if (scrubbed.request !== undefined) for (const field of ['data', 'cookies', 'env']) delete scrubbed.request[field];
		return scrubbed;
	});
}

function attempt<T>(make: () => T): T | null {
	try {
		return make();
	} catch {
		return null;
	}
}

function readDsn(raw: string | null | undefined): string | undefined {
	const value = filled(raw);
	if (value === undefined || !URL.canParse(value)) return undefined;
	const { protocol, username } = new URL(value);
	return /^https?:$/.test(protocol) && username !== '' ? value : undefined;
}
