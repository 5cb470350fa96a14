/** Reads the body of the kit's private report: its shape is checked before anything is concluded from it. */
import { type HealthReport, WIRE_VERSION } from '@holdfast/kit/wire';
import { z } from 'zod';

const nullableText = z.string().max(2000).nullable();
const count = z.number();

const variable = z.looseObject({
	name: z.string().max(200),
	kind: z.string(),
	required: z.boolean(),
	present: z.boolean(),
	length: count.nullable(),
	minLength: count.nullable(),
	problem: z.string().nullable(),
	nearest: nullableText,
	fingerprint: nullableText,
});

/** What the checks read; fields that it does not name pass as they are. */
const shape = z.looseObject({
	status: z.enum(['pass', 'warn', 'fail']),
	serviceId: z.string().optional(),
	holdfast: z.looseObject({
		wire: z.int(),
		at: z.iso.datetime(),
		build: z.looseObject({ id: nullableText, commit: nullableText, builtAt: nullableText, version: nullableText }),
		process: z.looseObject({ instance: z.string(), node: z.string(), startedAt: z.iso.datetime(), uptimeSeconds: count }),
		environment: z.looseObject({ ok: z.boolean(), keyId: nullableText, variables: z.array(variable).max(1000) }).nullable(),
		memory: z.looseObject({
			rssBytes: count,
			heapUsedBytes: count,
			heapLimitBytes: count,
			limitBytes: count.optional(),
			usedBytes: count.optional(),
		}),
		cpu: z.looseObject({
			shareOfOneCore: count.nullable(),
			windowMs: count.nullable(),
			coreCount: count,
			limitCores: count.nullable().optional(),
			pressure: count.nullable().optional(),
		}),
		eventLoop: z.looseObject({
			delayMs: count,
			meanDelayMs: count,
			maxDelayMs: count,
			p99DelayMs: count.optional(),
			windowMs: count,
			stuckAfterMs: count,
			stuck: z.boolean(),
		}),
		disk: z.looseObject({ totalBytes: count, freeBytes: count }).nullish(),
		handles: z.looseObject({ open: count.nullable(), limit: count.nullable() }).nullish(),
		convex: z
			.looseObject({
				url: nullableText,
				at: nullableText,
				status: z.enum(['ok', 'fail', 'unknown']),
				code: nullableText,
				message: nullableText,
				auth: z.looseObject({ issuer: z.string(), audience: nullableText, algorithm: z.string(), keyId: nullableText }).nullable(),
			})
			.nullish(),
		vitals: z
			.array(
				z.looseObject({
					route: z.string(),
					device: z.string(),
					metric: z.string(),
					count,
					p75: count,
					attribution: nullableText,
				}),
			)
			.max(5000)
			.nullish(),
	}),
});

export type ParsedReport =
	| { readonly kind: 'report'; readonly report: HealthReport }
	/** JSON, and not the kit's: `ofKit` when it is the kit's outer shape with something in it that cannot be read. */
	| { readonly kind: 'not-a-report'; readonly ofKit: boolean; readonly reason: string };

/** @param text body of the answer. Never throws. */
export function parseKitReport(text: string): ParsedReport {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return { kind: 'not-a-report', ofKit: false, reason: 'is not JSON' };
	}
	const inner: unknown = typeof value === 'object' && value !== null && 'holdfast' in value ? value.holdfast : null;
	const ofKit = typeof inner === 'object' && inner !== null;
	if (ofKit && 'wire' in inner && typeof inner.wire === 'number' && inner.wire > WIRE_VERSION)
		return { kind: 'not-a-report', ofKit, reason: `is in format ${inner.wire}, and this version reads ${WIRE_VERSION}` };
	const read = shape.safeParse(value);
	if (read.success) return { kind: 'report', report: asReport(read.data) };
	const at = read.error.issues[0]?.path.join('.') ?? '';
	return { kind: 'not-a-report', ofKit, reason: `cannot be read${at === '' ? '' : ` at ${at}`}` };
}

/**
 * The guarantee behind the cast is `shape`: every field that a check reads was looked at. Words of unions (`kind`, `code`) may be
 * newer than these types, so whoever branches on one has an answer for the others.
 */
function asReport(value: z.output<typeof shape>): HealthReport {
	return value as unknown as HealthReport;
}
