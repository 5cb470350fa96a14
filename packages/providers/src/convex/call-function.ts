import type { ConvexCall, ConvexCallResult, ConvexTarget, VendorVerdict } from '@holdfast/checks/vendors';
import { z } from 'zod';
import { showText } from '../http/shown-text.ts';
import { classifyError } from './classify-error.ts';
import { askAsAdmin, askDeployment, type ConvexOptions, refuseBody } from './client.ts';
import { tokenCodes } from './explain-error.ts';

const ResultSchema = z.union([
	z.object({ status: z.literal('success'), value: z.unknown() }),
	z.object({ status: z.literal('error'), errorMessage: z.string(), errorData: z.unknown().optional() }),
]);

/** Values of a page of products, not exports. */
const maxBytes = 4 * 1024 * 1024;

/** A public function as a visitor, or a user with a token, calls it: `POST /api/query|mutation|action`. */
export async function callFunction(
	target: ConvexTarget,
	call: ConvexCall,
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<VendorVerdict<ConvexCallResult>> {
	const startedAt = options.tick();
	const asked = await askDeployment(
		target,
		{
			path: `/api/${call.kind}`,
			body: toBody(call.path, call.args),
			maxBytes,
			...(call.token === undefined ? {} : { authorization: `Bearer ${call.token.reveal().trim()}` }),
		},
		options,
		signal,
	);
	if (asked.kind === 'no-answer') {
		const tag = /\b401 (\w+)\)/.exec(asked.reason)?.[1];
		if (call.token === undefined || tag === undefined || !tokenCodes.has(tag)) return asked;
		const durationMs = Math.round((options.tick() - startedAt) * 10) / 10;
		return { kind: 'answer', value: { ok: false, error: 'unauthenticated', message: `The token is refused: ${tag}`, durationMs } };
	}
	const result = translateResult(asked.json, asked.durationMs);
	return result === null ? refuseBody(target.url) : { kind: 'answer', value: result };
}

/** `unknownQuery`: the deployment answers, and has no such query. */
export type SystemAnswer = VendorVerdict<unknown> & { readonly unknownQuery?: true };

/**
 * A query of the deployment's own (`_system/…`), with the admin key.
 * @returns the value; a failing query is `not-found` where the deployment does not know it, else `bad-response`.
 */
export async function querySystem(
	target: ConvexTarget,
	query: {
		readonly path: string;
		readonly args?: Readonly<Record<string, unknown>>;
		readonly permission: string | null;
		readonly maxBytes?: number;
	},
	options: ConvexOptions,
	signal: AbortSignal,
): Promise<SystemAnswer> {
	const { permission } = query;
	const asked = await askAsAdmin(
		target,
		{ path: '/api/query', body: toBody(query.path, query.args), permission, maxBytes: query.maxBytes ?? maxBytes },
		options,
		signal,
	);
	if (asked.kind === 'no-answer') return asked;
	const result = translateResult(asked.json, asked.durationMs);
	if (result === null) return refuseBody(target.url);
	if (result.ok) return { kind: 'answer', value: result.value };
	const where = `${query.path} of the Convex deployment (${new URL(target.url).host})`;
	if (/permission|not permitted/i.test(result.message))
		return {
			kind: 'no-answer',
			code: 'forbidden',
			reason: `The key may not call ${where}`,
			enable: `use a deploy key that allows ${permission ?? 'it'}`,
		};
	// With its words hidden, an unknown query looks like a failed one; these have no way to fail but not to exist.
	return result.error === 'no-such-function' || result.error === 'redacted'
		? { kind: 'no-answer', code: 'not-found', reason: `${where} does not exist: its version does not offer it`, unknownQuery: true }
		: { kind: 'no-answer', code: 'bad-response', reason: `${where} fails` };
}

function toBody(path: string, args: Readonly<Record<string, unknown>> = {}): unknown {
	return { path, format: 'json', args };
}

function translateResult(json: unknown, durationMs: number): ConvexCallResult | null {
	const parsed = ResultSchema.safeParse(json);
	if (!parsed.success) return null;
	if (parsed.data.status === 'success') return { ok: true, value: parsed.data.value, durationMs };
	const { errorMessage, errorData } = parsed.data;
	const error = classifyError(errorMessage, errorData !== undefined && errorData !== null);
	return { ok: false, error, message: showText(errorMessage), durationMs };
}
