/** What the answer of an application's HTTP action for health says. Pure. */
import type { Finding } from '../../contract.ts';

export interface ActionAnswer {
	readonly status: number;
	readonly body: string;
	/** Milliseconds. */
	readonly durationMs: number;
}

export type ActionVerdict =
	| { readonly kind: 'findings'; readonly findings: readonly Finding[] }
	/** There is no such route: the question does not arise. */
	| { readonly kind: 'absent'; readonly reason: string }
	| { readonly kind: 'open'; readonly reason: string };

/** @param path of the route. @param warnMs longest time that counts as well. */
export function judgeAction({ status, body, durationMs }: ActionAnswer, path: string, warnMs: number): ActionVerdict {
	if (status === 404) {
		const none = /does not have HTTP actions/i.test(body)
			? 'The deployment has no HTTP actions'
			: `The deployment has no HTTP action at ${path}`;
		return { kind: 'absent', reason: `${none} (404)` };
	}
	if (status === 429) return { kind: 'open', reason: `The HTTP action at ${path} answers 429: too many requests, so nothing can be said` };
	if (status === 401 || status === 403)
		return { kind: 'open', reason: `The HTTP action at ${path} answers ${status}: not everybody may ask` };
	const fail = (code: string, message: string, fix: string): ActionVerdict => ({
		kind: 'findings',
		findings: [{ code, severity: 'fail', message, fix }],
	});
	if (status >= 500)
		return fail(
			'convex.health-error',
			`The HTTP action at ${path} answers ${status}: it throws, or the deployment is paused or disabled`,
			'holdfast check convex.state, then look at the log of the deployment',
		);
	if (status < 200 || status >= 300)
		return fail('convex.health-status', `The HTTP action at ${path} answers ${status}, expected 200`, 'look at convex/http.ts');
	const said = readStatus(body);
	if (said !== null && !/^(?:ok|pass|up)$/i.test(said))
		return fail(
			'convex.health-not-ok',
			`The HTTP action at ${path} says ${JSON.stringify(said.slice(0, 40))}, expected "ok"`,
			'look at what the action reports',
		);
	if (body.trim() === '')
		return fail('convex.health-empty', `The HTTP action at ${path} answers ${status} with an empty body`, 'look at convex/http.ts');
	if (durationMs <= warnMs) return { kind: 'findings', findings: [] };
	const message = `The HTTP action at ${path} takes ${Math.round(durationMs)} ms, more than ${warnMs} ms`;
	return { kind: 'findings', findings: [{ code: 'convex.health-slow', severity: 'warn', message, fix: 'look at what the action reads' }] };
}

/** @returns the member `status` of a JSON body, or null. */
function readStatus(body: string): string | null {
	try {
		const parsed: unknown = JSON.parse(body);
		if (typeof parsed !== 'object' || parsed === null || !('status' in parsed)) return null;
		return typeof parsed.status === 'string' ? parsed.status : null;
	} catch {
		return null;
	}
}
