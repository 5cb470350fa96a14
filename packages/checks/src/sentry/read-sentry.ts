/** The service's project at Sentry, or why it cannot be asked. */
import { z } from 'zod';
import type { CheckContext, Outcome } from '../contract.ts';
import { type Asked, findMissing } from '../convex/describe-silence.ts';
import { readReach, type SentryTarget } from '../vendors.ts';

export const sentryRequires = [
	'`sentry: builtin` in holdfast.yaml, where the application reports to Holdfast itself; or `sentry: {url: …, org: …, project: …, token: …}`, a token with event:read, project:read and org:read is enough',
];

export const askedOfSentry: Asked = { vendor: 'Sentry', setting: 'sentry.token', right: 'event:read, project:read, org:read' };

/** How far back Sentry is asked. */
export function sentryWindowParam() {
	return z.int().min(1).max(20_160).default(15).meta({ description: 'How far back to look, in minutes', example: 'window=15' });
}

export type SentryProject =
	| { readonly kind: 'project'; readonly target: SentryTarget }
	| { readonly kind: 'none'; readonly outcome: Outcome };

export function readSentryProject({ service }: CheckContext): SentryProject {
	const none = (reason: string, enable: string): SentryProject => ({ kind: 'none', outcome: { state: 'unknown', reason, enable } });
	const missing = findMissing(service, 'sentry.token');
	if (service.sentry === undefined)
		return none(
			missing?.reason ?? 'No Sentry project is configured for the service',
			missing?.enable ?? 'set `sentry: {url: https://sentry.io, org: …, project: …, token: {env: NAME}}` for the service in holdfast.yaml',
		);
	const { url, org, project, token, home } = service.sentry;
	if (home !== undefined) return { kind: 'project', target: { url, org, project, home } };
	if (token === undefined)
		return none(
			missing?.reason ?? `No token for the Sentry project ${project} is configured`,
			missing?.enable ??
				'set `sentry: {token: {env: NAME}}` for the service in holdfast.yaml to a token with event:read, project:read and org:read',
		);
	return { kind: 'project', target: { url, org, project, token, reach: readReach(service) } };
}
