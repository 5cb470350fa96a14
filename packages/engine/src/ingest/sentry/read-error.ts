import { type Fields, readBoolean, readFields, readHex, readList, readText, readTime } from '../values/field.ts';
import { fitJson, type Json } from '../values/json.ts';
import type { Breadcrumb, ErrorCause, ErrorEvent, EventRequest, EventUser, Level } from './event.ts';
import { readFrames } from './read-frames.ts';
import { readPairs } from './read-pairs.ts';

const MAX_CAUSES = 10;
const MAX_BREADCRUMBS = 100;
const MAX_MESSAGE = 8_192;
const LEVELS: ReadonlySet<unknown> = new Set<Level>(['fatal', 'error', 'warning', 'info', 'debug']);
/** Contexts that describe the machine down to the last detail, and the trace, which has fields of its own. */
const CONTEXTS_LEFT_OUT: ReadonlySet<string> = new Set(['trace', 'culture', 'cloud_resource']);

/** What the reader of one item knows of the envelope around it. */
export interface ItemSetting {
	/** From the envelope's header, which wins over the payload; else made of the payload. */
	readonly id: string;
	/** Corrects a time by the sender's clock. */
	readonly correct: (at: number | null) => number;
	readonly sdk: string | null;
}

/**
 * Reads the payload of an `event` item. Fields that are not known are left out, those of the wrong kind are null or empty; the size of each is bounded as
 * https://develop.sentry.dev/sdk/foundations/transport/event-payloads/#variable-size says.
 */
export function readError(payload: Fields, { id, correct, sdk }: ItemSetting): ErrorEvent {
	const contexts = readFields(payload.contexts);
	const trace = readFields(contexts?.trace);
	return {
		id,
		at: correct(readTime(payload.timestamp)),
		level: readLevel(payload.level),
		platform: readText(payload.platform, 64),
		message: readMessage(payload),
		causes: readCauses(payload),
		fingerprint: readFingerprint(payload.fingerprint),
		transaction: readText(payload.transaction, 200),
		release: readText(payload.release, 250),
		dist: readText(payload.dist, 64),
		environment: readText(payload.environment, 64) ?? 'production',
		server: readText(payload.server_name, 200),
		logger: readText(payload.logger, 64),
		tags: readPairs(payload.tags, { count: 100, name: 200, value: 200 }),
		user: readUser(payload.user),
		request: readRequest(payload.request),
		contexts: readContexts(contexts),
		extra: readFields(payload.extra) === null ? null : fitJson(payload.extra, { depth: 8, characters: 65_536 }),
		breadcrumbs: readBreadcrumbs(payload.breadcrumbs),
		traceId: readHex(trace?.trace_id, 32),
		spanId: readHex(trace?.span_id, 16),
		sdk: readSdk(payload.sdk) ?? sdk,
	};
}

/** `name version` of an `sdk` field; null without a name. */
export function readSdk(value: unknown): string | null {
	const sdk = readFields(value);
	const name = readText(sdk?.name, 100);
	const version = readText(sdk?.version, 40);
	return name === null || version === null ? name : `${name} ${version}`;
}

function readLevel(value: unknown): Level {
	if (value === 'warn') return 'warning';
	return LEVELS.has(value) ? (value as Level) : 'error';
}

/** As text, or with a template (https://develop.sentry.dev/sdk/foundations/transport/event-payloads/message/); `logentry` and `message` are the same. */
function readMessage(payload: Fields): ErrorEvent['message'] {
	const entry = readFields(payload.logentry) ?? readFields(payload.message);
	const template = readText(entry?.message, MAX_MESSAGE);
	const text = readText(entry?.formatted, MAX_MESSAGE) ?? fillTemplate(template, entry?.params) ?? readText(payload.message, MAX_MESSAGE);
	return text === null ? null : { text, template: template === text && entry?.params === undefined ? null : template };
}

function fillTemplate(template: string | null, params: unknown): string | null {
	if (template === null) return null;
	const values = readList(params);
	let next = 0;
	return template.replace(/%[sdifo]|\{\}/g, (place) => readText(values[next++], 200) ?? place).slice(0, MAX_MESSAGE);
}

/** A list, or a list in `values` (https://develop.sentry.dev/sdk/telemetry/errors/#wire-format). */
function readCauses(payload: Fields): readonly ErrorCause[] {
	const raw = payload.exception;
	const list = Array.isArray(raw) ? raw : (readFields(raw)?.values ?? (readFields(raw) === null ? [] : [raw]));
	return readList(list)
		.slice(-MAX_CAUSES)
		.flatMap((item) => {
			const cause = readFields(item);
			if (cause === null) return [];
			const mechanism = readFields(cause.mechanism);
			const read: ErrorCause = {
				type: readText(cause.type, 256),
				message: readText(cause.value, MAX_MESSAGE),
				module: readText(cause.module, 256),
				handled: readBoolean(mechanism?.handled),
				mechanism: readText(mechanism?.type, 64),
				synthetic: mechanism?.synthetic === true,
				frames: readFrames(cause.stacktrace),
			};
			return read.type === null && read.message === null && read.frames.length === 0 ? [] : [read];
		});
}

function readFingerprint(value: unknown): readonly string[] | null {
	const parts = readList(value)
		.slice(0, 32)
		.flatMap((part) => readText(part, 512) ?? []);
	return parts.length === 0 ? null : parts;
}

function readUser(value: unknown): EventUser | null {
	const user = readFields(value);
	if (user === null) return null;
	const read = { id: readText(user.id, 128), email: readText(user.email, 128), name: readText(user.username ?? user.name, 128) };
	return read.id === null && read.email === null && read.name === null ? null : read;
}

function readRequest(value: unknown): EventRequest | null {
	const request = readFields(value);
	if (request === null) return null;
	const query = Array.isArray(request.query_string) || readFields(request.query_string) !== null;
	return {
		method: readText(request.method, 16),
		url: readText(request.url, 2_048),
		query: query
			? Object.entries(readPairs(request.query_string, { count: 50, name: 100, value: 200 }))
					.map(([name, held]) => `${name}=${held}`)
					.join('&')
			: readText(request.query_string, 2_048),
		headers: readPairs(request.headers, { count: 50, name: 100, value: 1_024 }),
	};
}

function readContexts(contexts: Fields | null): Readonly<Record<string, Json>> {
	const entries = Object.entries(contexts ?? {}).filter(([name, held]) => !CONTEXTS_LEFT_OUT.has(name) && readFields(held) !== null);
	return Object.fromEntries(
		entries.slice(0, 20).map(([name, held]) => [name.slice(0, 64), fitJson(held, { depth: 5, characters: 8_192 })]),
	);
}

function readBreadcrumbs(value: unknown): readonly Breadcrumb[] {
	const list = Array.isArray(value) ? value : readList(readFields(value)?.values);
	return list.slice(-MAX_BREADCRUMBS).flatMap((raw) => {
		const crumb = readFields(raw);
		if (crumb === null) return [];
		return [
			{
				at: readTime(crumb.timestamp),
				category: readText(crumb.category ?? crumb.type, 64),
				level: readText(crumb.level, 16),
				message: readText(crumb.message, 1_024),
				data: readFields(crumb.data) === null ? null : fitJson(crumb.data, { depth: 4, characters: 2_048 }),
			},
		];
	});
}
