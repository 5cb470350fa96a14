/** Whether an answer of the health route is the kit's private report, and if not, why there is none. */
import { HEALTH_MEDIA_TYPE, type HealthReport } from '@holdfast/kit/wire';
import type { HttpResult } from '../probe/http-probe.ts';
import { parseKitReport } from './parse-kit-report.ts';

export interface NoReport {
	readonly kind: 'none';
	/** `wrong-token`: the kit is there and does not take this token; `no-kit`: something else answers, or nothing at this path. */
	readonly code: 'no-token' | 'wrong-token' | 'no-kit' | 'unreadable' | 'rate-limited' | 'no-answer';
	/** One sentence, without a value. */
	readonly reason: string;
	/** What would give the report. */
	readonly enable: string;
}

const mount = 'mount the kit’s `createHealth` at /api/health and set HOLDFAST_TOKEN (24 characters or more) for the application';

/** @param path for the words. Pure. */
export function judgeKitAnswer(result: HttpResult, path: string): NoReport | { readonly kind: 'report'; readonly report: HealthReport } {
	const none = (code: NoReport['code'], reason: string, enable: string): NoReport => ({ kind: 'none', code, reason, enable });
	if (result.kind === 'failure')
		return none(
			'no-answer',
			`The application’s own report did not come: ${result.reason}`,
			result.fix ?? `holdfast check http.health path=${path}`,
		);
	if (result.status === 429)
		return none(
			'rate-limited',
			`${path} answers 429: too many requests, so the application’s report could not be had`,
			'wait a minute, or exempt the check’s address from the rate limit',
		);
	const type = (result.headers['content-type'] ?? '').toLowerCase();
	if (!type.startsWith(HEALTH_MEDIA_TYPE)) return describeForeign(result.status, type, result.headers['www-authenticate'], path, none);
	if (result.cut !== null) return none('unreadable', `The report at ${path} is longer than is read`, 'declare fewer variables or routes');
	const parsed = parseKitReport(result.body.toString('utf8'));
	if (parsed.kind === 'report') return parsed;
	return parsed.ofKit
		? none('unreadable', `The report at ${path} ${parsed.reason}`, 'bring the kit and Holdfast to the same version')
		: none('no-kit', `${path} answers health+json, but not as the kit does`, mount);
}

function describeForeign(
	status: number,
	type: string,
	challenge: string | undefined,
	path: string,
	none: (code: NoReport['code'], reason: string, enable: string) => NoReport,
): NoReport {
	if (challenge !== undefined && /^bearer/i.test(challenge) && type.includes('json'))
		return none(
			'wrong-token',
			`${path} does not take the kit token: it is wrong, of another service, or the application has none`,
			'give `kit: {token: …}` in holdfast.yaml the same value as the application’s HOLDFAST_TOKEN (24 characters or more), and restart the application after a change',
		);
	if (status === 401 || status === 403)
		return none('wrong-token', `${path} refuses the kit token (${status}), or something in front of the application does`, mount);
	if (status >= 500 && !type.includes('json'))
		return none('no-answer', `${path} answers ${status} and no report`, `holdfast check http.health path=${path}`);
	if (status >= 300 && status < 400)
		return none('no-kit', `${path} redirects (${status}) instead of giving the application’s report`, mount);
	if (status === 404 || status === 405) return none('no-kit', `The application has no kit report: ${path} answers ${status}`, mount);
	return none('no-kit', `${path} answers ${status} without the kit’s report: the application does not use the kit there`, mount);
}
