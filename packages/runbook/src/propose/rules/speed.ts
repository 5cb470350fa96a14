import { check, nothing, type Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';
import { isAbout, says, saysNear } from '../subject.ts';

const slowPages =
	/\bslow(?:ly)?\b.*\b(?:pages?|loads?|loading|site|app|application|website|responses?|requests?)\b|\b(?:pages?|site|app|application|website|responses?|requests?)\b.*\bslow(?:ly|er)?\b|\b(?:high|increased|elevated) (?:latency|response times?)\b|\blong load(?:ing)? times?\b/i;

/** B10 to B16: how long things take. */
export const speedRules: readonly Rule[] = [
	{
		id: 'B10',
		about: 'timeouts',
		on: ['symptom'],
		certainty: 'certain',
		propose: (subject) =>
			says(
				subject,
				/^(?:\W*(?:frequent|request|page|api|gateway|connection|intermittent|users? (?:see|get|report))\s+)*time-?\s?outs?\b(?: errors?)?|\b(?:requests?|pages?|site|app|application)\b.*\btim(?:e|es|ing) out\b/i,
			)
				? [check('http.latency')]
				: nothing,
	},
	{
		id: 'B11',
		about: 'slow pages',
		on: ['symptom'],
		certainty: 'certain',
		propose: (subject) => (says(subject, slowPages) ? [check('http.latency'), check('vitals.p75')] : nothing),
	},
	{
		id: 'B12',
		about: 'page load times',
		on: ['item', 'step', 'criterion'],
		certainty: 'certain',
		propose: (subject) =>
			says(subject, /\bpage[- ]load(?:ing)? (?:times?|speed)s?\b|\bload times? of (?:the )?pages?\b/i)
				? [check('vitals.p75'), check('http.latency', limitOf(subject))]
				: nothing,
	},
	{
		id: 'B13',
		about: 'response times',
		on: ['item', 'step', 'criterion'],
		certainty: 'certain',
		propose: (subject) =>
			says(subject, /\b(?:api |server |http |page )?(?:response times?|response latency|latenc(?:y|ies))\b/i) &&
			!saysNear(subject, /\b(?:quer(?:y|ies)|database|disk|network|replication|queue|convex)\b/i)
				? [check('http.latency', limitOf(subject))]
				: nothing,
	},
	{
		id: 'B14',
		about: 'web vitals and performance at large',
		on: ['item', 'step', 'criterion'],
		certainty: 'certain',
		propose: (subject) => {
			if (says(subject, /\bweb vitals\b/i) || says(subject, /\b(?:LCP|INP|CLS|FCP|TTFB)\b/)) return [check('vitals.p75')];
			if (says(subject, /\bsentry\b.*\bperformance\b|\bperformance\b.*\bsentry\b/i)) return [check('sentry.performance')];
			if (says(subject, /\bperformance trends?\b/i)) return [check('perf.trend')];
			if (says(subject, /\b(?:quer(?:y|ies)|database)\b/i)) return nothing;
			if (
				subject.kind === 'criterion' &&
				says(subject, /\bperformance (?:degradation|degraded|regression|drop|problems?|issues?)\b|\bslow/i)
			)
				return [check('vitals.p75', {}, 'likely'), check('http.latency', {}, 'likely')];
			if (subject.period !== null && says(subject, /\bperformance (?:optimi[sz]ation|review|audit)\b/i))
				return [check('perf.trend'), check('vitals.p75', {}, 'likely')];
			if (subject.leaf && says(subject, /\b(?:check|monitor|review|verify|watch) (?:the )?performance(?: metrics| data| indicators)?$/i))
				return [check('vitals.p75'), check('http.latency', {}, 'likely')];
			return nothing;
		},
	},
	{
		id: 'B15',
		about: 'bundle size',
		on: ['cause', 'step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				says(
					subject,
					/\bbundle[- ]?(?:size|analysis|report)s?\b|\b(?:large|big|bloated|heavy) (?:js |javascript |client )?bundles?\b|\bbundle (?:is |too |grew )/i,
				)
			)
				return [check('bundle.size')];
			return subject.commands.some((command) => command.env.ANALYZE === 'true') ? [check('bundle.size')] : nothing;
		},
	},
	{
		id: 'B16',
		about: 'network trouble: as a cause of slowness its phases, else each layer',
		on: ['cause'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				!says(
					subject,
					/^(?:a |the )?(?:network(?:ing)?|connectivity)(?: (?:connectivity|connection))? (?:issues?|problems?|errors?|failures?|trouble|outages?)$/i,
				)
			)
				return nothing;
			if (isAbout(subject, /\bslow|\bperformance|\blatency|\btime-?outs?\b/i) && !isAbout(subject, /\bconnection|\bdatabase|\breach/i))
				return [check('http.latency')];
			const layers = ['net.dns', 'net.tcp', 'net.tls'];
			const convex = isAbout(subject, /\bconvex/i) || (subject.issue?.causes.some((cause) => /\bconvex/i.test(cause.text)) ?? false);
			if (!convex) return layers.map((id) => check(id));
			// Seen from here, and by `convex.reachable` from the application.
			return [...layers.map((id) => check(id)), ...layers.map((id) => check(id, { target: 'convex' })), check('convex.reachable')];
		},
	},
];

/** An upper limit that the line names, in whole milliseconds. */
function limitOf(subject: Subject): Record<string, string> {
	const limits = [
		...(subject.threshold === null || subject.threshold === undefined ? [] : [subject.threshold]),
		...subject.expects.flatMap((expect) => (expect.kind === 'compare' ? [expect] : [])),
	];
	for (const { operator, value, unit } of limits) {
		if (operator !== '<' && operator !== '<=') continue;
		const factor = /^(?:ms|milliseconds?)$/i.test(unit) ? 1 : /^(?:s|secs?|seconds?)$/i.test(unit) ? 1_000 : null;
		if (factor === null) continue;
		const max = Math.round(value * factor);
		// The check warns below its maximum; a limit under its usual warning moves that, too.
		if (max >= 1) return max < 800 ? { max: String(max), warn: String(max) } : { max: String(max) };
	}
	return {};
}
