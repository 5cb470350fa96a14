import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { readConvexUrl } from '../../page/read-convex-url.ts';
import { redactUrl } from '../../probe/redact.ts';
import { judgeConvexUrl } from './judge-convex-url.ts';

export const convexUrl = defineCheck({
	id: 'convex.url',
	title: 'The Convex URL has the right form',
	question: 'Does the application point at a Convex deployment?',
	explains:
		'Takes the Convex URL from the configuration, else looks for it in the HTML, scripts and styles of the page, where a NEXT_PUBLIC_ value ends up, and judges its form: scheme, deployment host, nothing behind it. ok: it can be a deployment. fail: a placeholder, the dashboard’s or HTTP actions’ URL, no https, quotes, white space, a path. unknown: there is none to be found. Whether the deployment answers is convex.reachable.',
	requires: ['`convex: {url: …}` in holdfast.yaml where the page does not name it'],
	needs: [],
	params: z.object({}),
	deadlineMs: 9800,
	run: async (context) => {
		const found = await readConvexUrl(context);
		if (found.kind === 'none') return { state: 'unknown', reason: found.reason, enable: found.enable };
		const findings = judgeConvexUrl(found.url, found.source);
		const shown = redactUrl(found.url);
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : `${shown} (from ${found.source}) has the form of a deployment’s URL`,
			findings,
			subject: shown,
			evidence: [{ title: 'Convex URL', kind: 'text', body: `${shown}\nfrom ${found.source}` }],
		};
	},
});
