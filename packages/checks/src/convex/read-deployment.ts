/** The Convex deployment that checks ask, once its URL is known, of the right form and allowed. */
import { judgeConvexUrl } from '../catalogue/convex.url/judge-convex-url.ts';
import type { CheckContext, Outcome } from '../contract.ts';
import { readConvexUrl } from '../page/read-convex-url.ts';
import { redactUrl } from '../probe/redact.ts';
import { checkTarget } from '../probe/target.ts';
import { type ConvexTarget, readReach } from '../vendors.ts';
import { findMissing } from './describe-silence.ts';

export type Deployment =
	| {
			readonly kind: 'deployment';
			readonly target: ConvexTarget;
			/** `calm-otter-123.convex.cloud`. */
			readonly host: string;
			/** URL for people. */
			readonly subject: string;
			readonly configured: boolean;
	  }
	| { readonly kind: 'none'; readonly outcome: Outcome };

/** Without the admin key: what any visitor may ask. */
export async function readDeployment(context: CheckContext): Promise<Deployment> {
	const found = await readConvexUrl(context);
	const none = (outcome: Omit<Outcome, 'state'>): Deployment => ({ kind: 'none', outcome: { state: 'unknown', ...outcome } });
	if (found.kind === 'none') return none({ reason: found.reason, enable: found.enable });
	if (judgeConvexUrl(found.url, found.source).some((finding) => finding.severity === 'fail'))
		return none({ reason: 'The Convex URL is of the wrong form, so there is nothing to ask', enable: 'holdfast check convex.url' });
	const subject = redactUrl(found.url);
	const verdict = checkTarget(found.url, { ...context.service, vendorHosts: [new URL(found.url).hostname] });
	if (!verdict.ok) return none({ reason: verdict.reason, ...(verdict.fix === undefined ? {} : { enable: verdict.fix }), subject });
	const target = { url: verdict.url.origin, reach: readReach(context.service) };
	return { kind: 'deployment', target, host: verdict.url.host, subject, configured: found.configured };
}

export type AdminDeployment = Extract<Deployment, { kind: 'deployment' }> | { readonly kind: 'none'; readonly outcome: Outcome };

/**
 * With the admin key. The key goes only to a deployment that the configuration names: a URL that a page shows may be anybody's.
 */
export async function readAdminDeployment(context: CheckContext): Promise<AdminDeployment> {
	const deployment = await readDeployment(context);
	if (deployment.kind === 'none') return deployment;
	const { convexAdminKey } = context.service;
	const none = (reason: string, enable: string): AdminDeployment => ({
		kind: 'none',
		outcome: { state: 'unknown', reason, enable, subject: deployment.subject },
	});
	if (convexAdminKey === undefined) {
		const missing = findMissing(context.service, 'convex.adminKey');
		if (missing !== null) return none(missing.reason, missing.enable);
		return none(
			'No admin key of the Convex deployment is configured, and only that may ask this',
			'set `convex: {adminKey: {env: NAME}}` for the service in holdfast.yaml to a deploy key that may only read',
		);
	}
	if (!deployment.configured)
		return none(
			`The Convex URL stands in the page and not in the configuration, so the admin key is not sent to ${deployment.host}`,
			`set \`convex: {url: ${deployment.target.url}}\` for the service in holdfast.yaml if that is your deployment`,
		);
	return { ...deployment, target: { ...deployment.target, adminKey: convexAdminKey } };
}

/** When code was last pushed to the deployment, ISO 8601; null when it does not say. Asked once. */
export function readLastPush(context: CheckContext): Promise<string | null> {
	return context.fact('convex-push', async (signal) => {
		const admin = await readAdminDeployment(context);
		if (admin.kind === 'none') return null;
		const push = await context.vendors.convex.readLastPush(admin.target, signal);
		return push.kind === 'answer' ? push.value.at : null;
	});
}
