/** The URL that the configuration names against the one that the running application uses, and against the key. Pure. */
import { findNearestName } from '@holdfast/runbook/nearest-name';
import type { Finding } from '../../contract.ts';
import { judgeConvexUrl } from './judge-convex-url.ts';

const inApp = 'the running application';

export interface AppUrl {
	/** Origin; null when the application has none that can be read. */
	readonly url: string | null;
	readonly code: string | null;
	readonly message: string | null;
}

/** @param configured with its source; null when only the application names a URL. */
export function judgeAppUrl(app: AppUrl, configured: { readonly url: string; readonly source: string } | null): readonly Finding[] {
	const fail = (code: string, message: string, fix: string): Finding => ({ code, severity: 'fail', message, fix });
	if (app.code === 'not-set')
		return [
			fail(
				'convex-url.not-set',
				'The running application has no Convex URL',
				'set NEXT_PUBLIC_CONVEX_URL to the deployment’s URL, and restart the application (build it again where the value is built in)',
			),
		];
	if (app.url === null) {
		if (app.code !== 'malformed') return [];
		return [
			fail(
				'convex-url.malformed',
				`The Convex URL of the running application cannot be used${app.message === null ? '' : `: ${app.message}`}`,
				'set NEXT_PUBLIC_CONVEX_URL to the deployment’s URL, and restart the application',
			),
		];
	}
	const form = judgeConvexUrl(app.url, inApp);
	if (configured === null || !URL.canParse(configured.url) || !URL.canParse(app.url)) return form;
	const [used, named] = [new URL(app.url), new URL(configured.url)];
	if (isSamePlace(used, named)) return form;
	const typo = findNearestName(used.host, [named.host]) !== null && used.host !== named.host;
	return [
		...form,
		fail(
			'convex-url.differs',
			`The application uses ${used.origin}, and ${configured.source} names ${named.origin}${describeDifference(used, named, typo)}`,
			`set NEXT_PUBLIC_CONVEX_URL of the application to ${named.origin} and restart it, or correct ${configured.source}`,
		),
	];
}

function describeDifference(used: URL, named: URL, typo: boolean): string {
	if (used.host === named.host) return ': the schemes differ';
	if (used.hostname === named.hostname) return ': the ports differ';
	return typo ? ': one of them looks like a typing error' : ': those are different deployments';
}

/** On the machine itself, names of the loopback address are one place. */
function isSamePlace(one: URL, other: URL): boolean {
	const host = ({ hostname }: URL): string => (/^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(hostname) ? 'localhost' : hostname);
	return one.protocol === other.protocol && host(one) === host(other) && one.port === other.port;
}

/** What a deploy key says in front of its secret part: `prod:calm-otter-123`. Neither is secret. */
export interface KeyScope {
	/** `prod`, `dev`, `preview`. */
	readonly type: string;
	/** Null where the key is of a project. */
	readonly deployment: string | null;
}

/** @returns what stands before the `|`; null for a key of a self-hosted deployment, which names no type. */
export function readKeyScope(key: string): KeyScope | null {
	const match = /^(prod|dev|preview|custom):([a-z0-9-]{1,80})(:[a-z0-9-]{1,80})?\|/.exec(key.trim());
	if (match === null) return null;
	return { type: match[1] ?? '', deployment: match[3] === undefined ? (match[2] ?? null) : null };
}

/** @param production whether visitors use the service: public and over https. */
export function judgeKeyScope(url: string, source: string, scope: KeyScope | null, production: boolean): readonly Finding[] {
	if (scope?.deployment == null || !URL.canParse(url)) return [];
	const name = /^([a-z0-9-]+)\.(?:[a-z0-9-]+\.)?convex\.cloud$/i.exec(new URL(url).hostname)?.[1]?.toLowerCase();
	if (name === undefined) return [];
	if (name !== scope.deployment)
		return [
			{
				code: 'convex-url.other-deployment',
				severity: 'warn',
				message: `The Convex URL in ${source} names the deployment ${name}, and the admin key is of ${scope.deployment}`,
				fix: 'take both from the settings of the same deployment',
			},
		];
	if (scope.type !== 'dev' && scope.type !== 'preview') return [];
	if (!production) return [];
	return [
		{
			code: 'convex-url.dev',
			severity: 'warn',
			message: `The Convex URL in ${source} (${name}) is of a ${scope.type === 'dev' ? 'development' : 'preview'} deployment, by its key, and the service is public`,
			fix: 'point a production application at the production deployment',
		},
	];
}
