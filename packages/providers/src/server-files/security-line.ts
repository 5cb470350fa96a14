/**
 * What a line of an application's log says of sign-ins, lockouts and administration: by the name of its event or its message, in the words
 * that loggers and applications commonly use. Accounts and addresses are taken out as they are; the caller masks them. Pure.
 */
import type { SecurityEvent } from '@holdfast/checks/vendors';

export interface SecurityLine {
	readonly kind: SecurityEvent['kind'];
	readonly name: string;
	readonly account: string | null;
	readonly address: string | null;
	readonly count: number;
}

const signIn = '(?:sign|log)[-_. ]?(?:in|on)';
/** The first that fits counts. */
const kinds: readonly (readonly [SecurityEvent['kind'], RegExp])[] = [
	[
		'lockout',
		new RegExp(
			`${signIn}[-_. ](?:too[-_. ]many|limited|blocked|throttled)|\\block(?:ed)?[-_. ]?out\\b|\\baccount[-_. ](?:is )?(?:locked|blocked)|too many (?:${signIn}|login|failed|attempts)`,
			'i',
		),
	],
	[
		'sign-in-failed',
		new RegExp(
			`${signIn}[-_. ](?:fail\\w*|refused|denied|invalid|wrong|rejected|error)|(?:failed|invalid|wrong|bad|incorrect)[-_. ](?:password|credentials?|${signIn})|\\bauth(?:entication)?[-_. ](?:fail\\w*|denied|refused)|\\bunauthori[sz]ed (?:access|${signIn})`,
			'i',
		),
	],
	['signed-in', new RegExp(`${signIn}[-_. ](?:done|ok|success\\w*|succeeded|completed)|\\b(?:signed|logged)[-_. ](?:in|on)\\b`, 'i')],
	[
		'admin',
		/^admin[._:/-]|\badmin (?:action|signed|login)|\brole[-_. ](?:changed|granted|revoked|assigned)|\bpermissions?[-_. ](?:changed|granted|revoked)|\b(?:account|user)[-_. ](?:disabled|enabled|deleted|promoted|impersonated)|\bimpersonat|\b(?:secret|key|token)[-_. ](?:rotated|revoked)|\bprivilege/i,
	],
];

/** @returns null when the line is about something else. */
export function readSecurityLine(record: Readonly<Record<string, unknown>>): SecurityLine | null {
	const name = [record.event, record.action, record.type, record.msg, record.message].find(
		(value) => typeof value === 'string' && value !== '',
	);
	if (typeof name !== 'string') return null;
	const subject = name.slice(0, 300);
	const found = kinds.map(([kind, words]) => ({ kind, match: words.exec(subject)?.[0] })).find(({ match }) => match !== undefined);
	if (found?.match === undefined) return null;
	const count = record.count;
	return {
		kind: found.kind,
		// A sentence may say who it is about: of one only the words that were looked for are kept.
		name: /^[a-z][\w.:/-]*$/i.test(subject) ? subject : found.match,
		account: findText(record, ['account', 'accountId', 'account_id', 'user', 'userId', 'user_id', 'username', 'login', 'email', 'sub']),
		address: findText(record, ['ip', 'address', 'remoteAddress', 'remote_addr', 'clientIp', 'client_ip', 'visitor']),
		count: typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= 1_000_000 ? count : 1,
	};
}

/** Also where it stands one level deeper: `user: {id: …}`, `req: {ip: …}`. */
function findText(record: Readonly<Record<string, unknown>>, names: readonly string[]): string | null {
	for (const name of names) {
		const value = record[name];
		if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value).slice(0, 300);
		if (typeof value === 'object' && value !== null) {
			const inner = value as Readonly<Record<string, unknown>>;
			const id = inner.id ?? inner.email ?? inner.name;
			if (typeof id === 'string' || typeof id === 'number') return String(id).slice(0, 300);
		}
	}
	const request = record.req ?? record.request ?? record.http;
	return typeof request === 'object' && request !== null ? findText(withoutRequest(request as Record<string, unknown>), names) : null;
}

function withoutRequest({
	req: _req,
	request: _request,
	http: _http,
	...rest
}: Record<string, unknown>): Readonly<Record<string, unknown>> {
	return rest;
}
