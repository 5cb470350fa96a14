/** Whether a health answer is what it should be. Pure. */
import type { Finding } from '../../contract.ts';

export interface HealthExpectation {
	readonly status: number;
	/** JSON text; absent: `{"status":"ok"}` or a passing health+json document. */
	readonly expect?: string;
	/** true: not a field more; false: further fields are fine; absent: further fields are a note with a warning. */
	readonly exact?: boolean;
}

export interface HealthAnswer {
	readonly path: string;
	readonly status: number;
	readonly text: string;
	readonly contentType: string;
}

export function judgeHealth(answer: HealthAnswer, expectation: HealthExpectation): readonly Finding[] {
	const findings: Finding[] = [];
	const { path } = answer;
	if (answer.status !== expectation.status) {
		const meaning =
			answer.status === 404 ? ': there is no such route' : answer.status === 503 ? ': it says of itself that it cannot serve' : '';
		findings.push({
			code: 'health.status',
			severity: 'fail',
			message: `${path} answers ${answer.status}, expected ${expectation.status}${meaning}`,
			fix:
				answer.status === 404
					? 'correct the path, or deploy the health route'
					: 'read the application’s log; the health route says that this process cannot serve',
		});
	}
	const body = parseJson(answer.text);
	if (body === undefined) {
		const shown =
			answer.text.trim() === ''
				? 'an empty body'
				: /html/i.test(answer.contentType) || /^\s*</.test(answer.text)
					? 'an HTML page'
					: 'text that is not JSON';
		findings.push({
			code: 'health.not-json',
			severity: 'fail',
			message: `${path} answers with ${shown}, expected ${expectation.expect ?? '{"status":"ok"}'}`,
			fix: 'look at what answers at this path: a catch-all page, a proxy, or the health route',
		});
		return findings;
	}
	const finding =
		expectation.expect === undefined ? judgeDefault(path, body) : judgeExpected(path, body, expectation.expect, expectation.exact);
	return finding === null ? findings : [...findings, finding];
}

/** Words of the health+json draft (draft-inadarei-api-health-check-06, section 3.1), without regard to case. */
const passing = new Set(['pass', 'ok', 'up']);
const warning = new Set(['warn']);

function judgeDefault(path: string, body: unknown): Finding | null {
	const status = isObject(body) && typeof body.status === 'string' ? body.status : null;
	if (status !== null && passing.has(status.toLowerCase())) return null;
	if (status !== null && warning.has(status.toLowerCase()))
		return {
			code: 'health.warn',
			severity: 'warn',
			message: `${path} reports status "${status.slice(0, 40)}"`,
			fix: 'read its `checks` and `notes`',
		};
	const shown = status === null ? 'has no status field' : `reports status "${status.slice(0, 40)}"`;
	return {
		code: 'health.body',
		severity: 'fail',
		message: `${path} ${shown}, expected "ok"`,
		fix: 'read the application’s log for what the health route found',
	};
}

function judgeExpected(path: string, body: unknown, expect: string, exact: boolean | undefined): Finding | null {
	const wanted = parseJson(expect);
	const differences = compareJson(wanted, body, '');
	if (differences.missing.length > 0) {
		return {
			code: 'health.body',
			severity: 'fail',
			message: `${path}: expected ${expect}, ${differences.missing[0]}`,
			fix: 'read the application’s log for what the health route found',
		};
	}
	if (differences.extra.length === 0 || exact === false) return null;
	return {
		code: 'health.extra-fields',
		severity: exact === true ? 'fail' : 'warn',
		message: `${path} answers ${expect} and more: ${differences.extra.slice(0, 5).join(', ')}`,
		fix: 'leave the further fields out of the public answer, or bind with exact=false',
	};
}

interface Differences {
	readonly missing: readonly string[];
	readonly extra: readonly string[];
}

function compareJson(wanted: unknown, got: unknown, at: string): Differences {
	if (isObject(wanted) && isObject(got)) {
		const inner = Object.keys(wanted).map((key) =>
			key in got ? compareJson(wanted[key], got[key], `${at}.${key}`) : { missing: [`got no ${`${at}.${key}`.slice(1)}`], extra: [] },
		);
		const extra = Object.keys(got).filter((key) => !(key in wanted));
		return {
			missing: inner.flatMap((part) => part.missing),
			extra: [...inner.flatMap((part) => part.extra), ...extra.map((key) => `${at}.${key}`.slice(1))],
		};
	}
	if (JSON.stringify(wanted) === JSON.stringify(got)) return { missing: [], extra: [] };
	return { missing: [`got ${at === '' ? '' : `${at.slice(1)} `}${(JSON.stringify(got) ?? 'nothing').slice(0, 80)}`], extra: [] };
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
