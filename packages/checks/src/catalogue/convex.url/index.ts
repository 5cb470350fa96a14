import type { ConvexReport } from '@holdfast/kit/wire';
import { z } from 'zod';
import type { Fact, Outcome } from '../../contract.ts';
import { readAppView } from '../../convex/read-app-view.ts';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { readConvexUrl } from '../../page/read-convex-url.ts';
import { redactUrl } from '../../probe/redact.ts';
import { judgeAppUrl, judgeKeyScope, readKeyScope } from './judge-app-url.ts';
import { judgeConvexUrl } from './judge-convex-url.ts';

export const convexUrl = defineCheck({
	id: 'convex.url',
	title: 'The Convex URL has the right form',
	question: 'Does the application point at a Convex deployment?',
	explains:
		'Takes the Convex URL from the configuration, else looks for it in the HTML, scripts and styles of the page, where a NEXT_PUBLIC_ value ends up, and judges its form: scheme, deployment host, nothing behind it. With the kit’s report it compares that with the URL that the running application uses; with a deploy key, with the deployment that the key is of. ok: it can be a deployment, and nothing contradicts it. warn: the key is of another deployment, or of a development one while the service is public. fail: a placeholder, the dashboard’s or HTTP actions’ URL, no https, quotes, white space, a path; the application has none, or uses another. unknown: there is none to be found. Whether the deployment answers is convex.reachable.',
	requires: ['`convex: {url: …}` in holdfast.yaml where the page does not name it; the kit’s report to know what the application uses'],
	needs: [],
	params: z.object({}),
	deadlineMs: 9800,
	run: async (context) => {
		const [found, view] = await Promise.all([readConvexUrl(context), readAppView(context)]);
		const app = view.kind === 'seen' ? view.report : null;
		if (found.kind === 'none') return judgeAlone(app, found);
		const scope = context.service.convexAdminKey === undefined ? null : readKeyScope(context.service.convexAdminKey.reveal());
		const isProduction = context.service.url.startsWith('https:') && !context.service.private;
		const findings = [
			...judgeConvexUrl(found.url, found.source),
			...(app === null ? [] : judgeAppUrl(app, found)),
			...judgeKeyScope(found.url, found.source, scope, isProduction),
		];
		const shown = redactUrl(found.url);
		return {
			state: stateOf(findings),
			reason:
				findings.length > 0
					? summariseFindings(findings)
					: `${shown} (from ${found.source}) has the form of a deployment’s URL${describeApp(app)}`,
			findings,
			subject: shown,
			evidence: [
				{
					title: 'Convex URL',
					kind: 'text',
					body: `${shown}\nfrom ${found.source}${app?.url == null ? '' : `\n${redactUrl(app.url)}\nused by the running application`}`,
				},
			],
			facts: listFacts(app?.url ?? found.url),
		};
	},
});

/** Nothing names a URL but perhaps the application itself. */
function judgeAlone(app: ConvexReport | null, none: { readonly reason: string; readonly enable: string }): Outcome {
	if (app === null) return { state: 'unknown', reason: none.reason, enable: none.enable };
	const findings = judgeAppUrl(app, null);
	if (findings.length > 0) return { state: stateOf(findings), reason: summariseFindings(findings), findings };
	if (app.url === null) return { state: 'unknown', reason: none.reason, enable: none.enable };
	const shown = redactUrl(app.url);
	return {
		state: 'ok',
		reason: `${shown}, which the application uses, has the form of a deployment’s URL`,
		subject: shown,
		facts: listFacts(app.url),
	};
}

function describeApp(app: ConvexReport | null): string {
	return app?.url == null ? '' : ', and the application uses it';
}

/** For the history: another deployment may explain what came after. */
function listFacts(url: string): readonly Fact[] {
	return URL.canParse(url) ? [{ name: 'convex:url', value: new URL(url).origin }] : [];
}
