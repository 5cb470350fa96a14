import { z } from 'zod';
import type { CheckContext, Evidence, Finding, Outcome } from '../../contract.ts';
import { readConvexState } from '../../convex/call-probe.ts';
import { describeSilence } from '../../convex/describe-silence.ts';
import { readAppView } from '../../convex/read-app-view.ts';
import { type Deployment, readAdminDeployment, readDeployment } from '../../convex/read-deployment.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { checkReach } from '../../probe/target.ts';
import type { ConvexAuthProvider } from '../../vendors.ts';
import { judgeAuth } from './judge-auth.ts';

export const convexAuthConfig = defineCheck({
	id: 'convex.auth-config',
	title: 'Convex accepts the application’s users',
	question: 'Do the issuer, audience, algorithm and key of the application’s tokens fit what the deployment accepts?',
	explains:
		'Reads the auth providers of the deployment and the keys at their JWKS, compares them with how the application says it signs (the kit’s report), and presents a token that nobody issued. ok: everything fits, and the foreign token is refused. fail: no provider, another issuer, audience or algorithm, a JWKS that does not answer or does not hold the key id, or the foreign token is accepted. unknown: no key or one that may not ask, no kit report, no answer; where neither side uses tokens the question does not arise.',
	requires: [
		'`convex: {url: …, adminKey: …}` in holdfast.yaml; a key with deployment:data:view is enough',
		'the kit’s report with `auth` declared',
	],
	needs: ['net.tcp', 'convex.reachable'],
	params: z.object({}),
	deadlineMs: 9500,
	run: async (context): Promise<Outcome> => {
		const deployment = await readDeployment(context);
		if (deployment.kind === 'none') return deployment.outcome;
		const [read, view, foreign] = await Promise.all([readProviders(context), readAppView(context), probeForeign(context, deployment)]);
		const { subject } = deployment;
		const app = view.kind === 'seen' ? view.report.auth : null;
		const providers = read.kind === 'providers' ? read.providers : null;
		const silent = view.kind === 'unseen' && view.silent;
		const judged =
			providers === null
				? []
				: judgeAuth(providers, app).filter(
						(finding) => !isOurLimit(context, finding, providers) && !(silent && finding.code === 'auth.jwks-unreachable'),
					);
		const findings = [...judged, ...(foreign.finding === null ? [] : [foreign.finding])];
		const shown = { findings, subject, evidence: showProviders(providers, app) };
		const state = stateOf(findings);
		if (state === 'fail') return { ...shown, state, reason: summariseFindings(findings) };
		if (read.kind === 'none') return { ...read.outcome, ...shown };
		if (read.providers.length === 0 && (view.kind === 'seen' || app !== null))
			return {
				...shown,
				state: 'unknown',
				applicable: false,
				reason: 'Neither the application nor the deployment uses tokens of users',
				enable: 'declare `auth` to the kit if the application signs tokens for Convex',
			};
		if (app === null) {
			const reason = view.kind === 'unseen' ? view.reason : 'The application’s report does not say how it signs tokens for Convex';
			return {
				...shown,
				state: 'unknown',
				reason: `What the deployment accepts is not compared with the application: ${reason}`,
				enable: view.kind === 'unseen' ? view.enable : 'declare `auth` (issuer, audience, algorithm, key id) to the kit',
			};
		}
		const unread = read.providers.find((provider) => provider.issuer === app.issuer && provider.keys === null);
		if (unread !== undefined)
			return {
				...shown,
				state: 'unknown',
				reason: `The keys of ${unread.issuer} could not be asked for from here`,
				enable: 'set `private: true` for the service if its addresses are private',
			};
		if (foreign.silence !== null)
			return {
				...shown,
				state: 'unknown',
				reason: `Issuer and key fit; whether a foreign token is refused could not be told: ${foreign.silence.reason}`,
				enable: foreign.silence.enable,
			};
		return {
			...shown,
			state,
			reason: `Issuer ${app.issuer}, ${app.algorithm}${app.keyId === null ? '' : `, key ${app.keyId}`}: all as the deployment accepts them, and a foreign token is refused`,
		};
	},
});

type Providers =
	| { readonly kind: 'providers'; readonly providers: readonly ConvexAuthProvider[] }
	| { readonly kind: 'none'; readonly outcome: Outcome };

async function readProviders(context: CheckContext): Promise<Providers> {
	const admin = await readAdminDeployment(context);
	if (admin.kind === 'none') return admin;
	const verdict = await context.vendors.convex.readAuthProviders(admin.target, context.signal);
	if (verdict.kind === 'answer') return { kind: 'providers', providers: verdict.value };
	return {
		kind: 'none',
		outcome: describeSilence(verdict, { vendor: 'Convex', setting: 'convex.adminKey', right: 'deployment:data:view' }),
	};
}

interface Foreign {
	readonly finding: Finding | null;
	readonly silence: { readonly reason: string; readonly enable: string } | null;
}

/** A deployment that runs no functions looks at no token: what it then answers proves nothing. */
async function probeForeign(context: CheckContext, deployment: Extract<Deployment, { kind: 'deployment' }>): Promise<Foreign> {
	const admin = await readAdminDeployment(context);
	const { target } = admin.kind === 'none' ? deployment : admin;
	const [verdict, state] = await Promise.all([context.vendors.convex.probeForeignToken(target, context.signal), readConvexState(context)]);
	if (verdict.kind === 'no-answer')
		return { finding: null, silence: { reason: verdict.reason, enable: verdict.enable ?? 'holdfast check convex.functions' } };
	if (state.kind === 'state' && !state.state.running)
		return { finding: null, silence: { reason: 'the deployment runs no functions', enable: 'holdfast check convex.state' } };
	if (verdict.value === 'refused') return { finding: null, silence: null };
	const message = 'The deployment accepts a token that nobody issued';
	return {
		finding: {
			code: 'auth.foreign-accepted',
			severity: 'fail',
			message,
			fix: 'look at convex/auth.config.ts at once: anybody can act as any user',
		},
		silence: null,
	};
}

/** A JWKS at an address that checks may not go to says nothing: the deployment may reach it. */
function isOurLimit({ service }: CheckContext, { code }: Finding, providers: readonly ConvexAuthProvider[]): boolean {
	if (code !== 'auth.jwks-unreachable') return false;
	const hosts = providers.filter(({ keys }) => keys === null).map(({ jwksUrl, issuer }) => jwksUrl ?? issuer);
	return hosts.length > 0 && hosts.every((url) => URL.canParse(url) && checkReach(new URL(url).hostname, service) !== null);
}

function showProviders(
	providers: readonly ConvexAuthProvider[] | null,
	app: { readonly issuer: string; readonly audience: string | null; readonly algorithm: string; readonly keyId: string | null } | null,
): readonly Evidence[] {
	const lines = [
		...(app === null
			? []
			: [`application: ${app.issuer}  audience ${app.audience ?? 'none'}  ${app.algorithm}  key ${app.keyId ?? 'without id'}`]),
		...(providers ?? []).map(
			({ kind, issuer, audience, algorithm, keys, keysProblem }) =>
				`deployment: ${issuer} (${kind})  audience ${audience ?? 'any'}  ${algorithm ?? 'algorithm by key'}  keys ${keys === null ? `not had: ${keysProblem ?? ''}` : keys.map(({ keyId }) => keyId ?? 'without id').join(', ')}`,
		),
	];
	return lines.length === 0 ? [] : [{ title: 'Who signs, and what is accepted', kind: 'table', body: lines.join('\n') }];
}
