/** What the four proofs say. Pure. */
import type { Finding } from '../../contract.ts';

/** Status of each POST; null where no answer came. */
export interface ProofStatuses {
	readonly presented: number | null;
	readonly absent: number | null;
	readonly altered: number | null;
	readonly foreign: number | null;
}

export type ProofVerdict =
	| { readonly kind: 'judged'; readonly findings: readonly Finding[] }
	| { readonly kind: 'unknown'; readonly reason: string; readonly enable?: string };

const accepted = new Set([204]);
/** 419 is Laravel's. */
const refused = new Set([400, 401, 403, 419, 422]);

/** An endpoint that answers anything else does not keep to the protocol (204 or 403), and nothing is concluded from it. */
export function judgeProof(statuses: ProofStatuses, path: string): ProofVerdict {
	const given = Object.values(statuses);
	if (given.includes(429))
		return {
			kind: 'unknown',
			reason: `${path} answers 429: too many requests, so nothing can be said`,
			enable: 'wait a minute, or exempt the check’s address from the rate limit',
		};
	if (given.some((status) => status === 404 || status === 405))
		return { kind: 'unknown', reason: `A token is issued, but ${path} takes no POST that would prove it` };
	const findings: Finding[] = [];
	const broken = given.find((status) => status !== null && status >= 500);
	if (broken !== undefined)
		findings.push({
			code: 'csrf.broken',
			severity: 'fail',
			message: `${path} answers ${broken} to a token`,
			fix: 'look at CSRF_SECRET and at the application’s log',
		});
	const strange = given.find((status) => status !== null && status < 500 && !accepted.has(status) && !refused.has(status));
	if (strange !== undefined) return { kind: 'unknown', reason: `POST ${path} answers ${strange}, where 204 or 403 would prove something` };
	if (given.every((status) => status === null)) return { kind: 'unknown', reason: `POST ${path} gives no answer` };

	if (statuses.presented !== null && refused.has(statuses.presented)) {
		findings.push({
			code: 'csrf.good-refused',
			severity: 'fail',
			message: `A token just issued is refused (${statuses.presented}): forms of signed-in people fail the same way`,
			fix: 'look at CSRF_SECRET (the same in all instances?), at the origin the application is configured with, and at dropped cookies',
		});
	}
	const accept = (name: 'absent' | 'altered' | 'foreign', code: string, words: string): void => {
		const status = statuses[name];
		if (status !== null && accepted.has(status))
			findings.push({
				code,
				severity: 'fail',
				message: `A request ${words} is accepted (${status})`,
				fix: 'verify the token against its signature and session before any change; the kit’s `createCsrf` does',
			});
	};
	accept('absent', 'csrf.absent-accepted', 'without a token');
	accept('altered', 'csrf.altered-accepted', 'with an altered token');
	accept('foreign', 'csrf.foreign-accepted', 'with another visitor’s token');
	const missing = given.filter((status) => status === null).length;
	if (findings.length === 0 && missing > 0)
		return { kind: 'unknown', reason: `${missing} of the four proofs got no answer`, enable: 'give it more time' };
	return { kind: 'judged', findings };
}
