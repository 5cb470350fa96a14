import { check, type Draft, nothing, type Rule } from '../rule.ts';
import { isAbout, type Subject, says, saysNear } from '../subject.ts';
import { asksVendor } from './health.ts';

/** B28 to B34: Convex. The vendor's name has to stand in the line or in a step around it. */
export const convexRules: readonly Rule[] = [
	{
		id: 'B28',
		about: 'the Convex URL',
		on: ['cause', 'step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				says(subject, /\bconvex (?:deployment )?urls?\b/i) &&
				!asksVendor(subject, 'convex') &&
				!says(subject, /\bcopy\b|\bset\b (?:the )?convex/i)
			)
				// A name that nobody knows is the commonest way for an address to be wrong.
				return subject.kind === 'cause' ? [check('convex.url'), check('net.dns', { target: 'convex' })] : [check('convex.url')];
			return subject.commands.some((command) => command.effect !== 'write' && command.variables.some((name) => name.endsWith('CONVEX_URL')))
				? [check('convex.url')]
				: nothing;
		},
	},
	{
		id: 'B29',
		about: 'the connection to Convex',
		on: ['cause', 'symptom', 'step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (asksVendor(subject, 'convex')) return [check('convex.reachable'), ...pathOf(subject)];
			if (says(subject, /\bconvex\b.*\bconnect(?:ion|ivity|s|ed)?\b.*\b(?:failure|failed|fails|lost|errors?|issues?|problems?|refused)\b/i))
				return [check('convex.reachable'), check('convex.functions'), check('convex.sync')];
			if (says(subject, /\bconvex\b.*\b(?:down|unreachable|offline|unavailable|not responding|not running|paused|disabled)\b/i))
				return [check('convex.reachable'), check('convex.state')];
			if (says(subject, /\bconvex connection\b.*\b(?:stable|healthy|ok|works|working|up)\b/i))
				return [check('convex.sync'), check('convex.reachable')];
			return says(subject, /\b(?:test|check|verify|confirm) (?:the )?(?:convex (?:connection|connectivity)|connection to convex)\b/i) &&
				subject.leaf
				? [check('convex.reachable')]
				: nothing;
		},
	},
	{
		id: 'B30',
		about: "the deployment's state and the dashboard that shows it",
		on: ['step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (!subject.leaf || !inConvex(subject)) return nothing;
			if (says(subject, /\bdeployment\b.*\b(?:is )?(?:active|running|up|live|healthy|not paused)\b/i)) return [check('convex.state')];
			if (says(subject, /\bauth|\blogs?\b|\busers?\b|\busage\b/i)) return nothing;
			if (!says(subject, /\bconvex dashboard\b/i)) return nothing;
			return subject.outer.some((text) => /\blogs?\b/i.test(text)) ? [check('convex.logs')] : [check('convex.state')];
		},
	},
	{
		id: 'B31',
		about: 'errors in the Convex logs',
		on: ['step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (!subject.leaf) return nothing;
			if (says(subject, /\bconvex (?:function )?logs?\b|\blogs?\b.*\bconvex\b/i)) return [check('convex.logs')];
			return says(subject, /\b(?:check|look|review|search)\b.*\berrors?\b/i) &&
				!says(subject, /\bsentry|\bbrowser|\bauth/i) &&
				subject.outer.some((text) => /\bconvex (?:dashboard|logs?|deployment|status)\b/i.test(text))
				? [check('convex.logs')]
				: nothing;
		},
	},
	{
		id: 'B32',
		about: 'queries: time and documents read',
		on: ['step', 'item', 'cause'],
		certainty: 'certain',
		propose: (subject) => {
			if (!subject.document.vendors.has('convex')) return nothing;
			if (subject.kind === 'cause')
				return says(subject, /\b(?:inefficient|slow|expensive|heavy|unindexed) quer(?:y|ies)\b|\bmissing ind(?:ex|exes|ices)\b/i)
					? queries
					: nothing;
			if (!subject.leaf) return nothing;
			if (says(subject, /\bquery performance\b|\bslow quer(?:y|ies)\b/i)) return queries;
			const near = subject.outer.some((text) => /\bquer(?:y|ies)\b/i.test(text));
			return near && says(subject, /\bind(?:ex|exes|ices)\b|\bdata fetching\b|\bfetch(?:es|ing)?\b/i) ? [check('convex.scans')] : nothing;
		},
	},
	{
		id: 'B33',
		about: 'usage and limits',
		on: ['step', 'item', 'cause', 'symptom'],
		certainty: 'certain',
		propose: (subject) => {
			if (!subject.leaf) return nothing;
			if (says(subject, /\bconvex usage\b|\busage\b.*\bconvex\b/i)) return [check('convex.usage')];
			const limits = says(
				subject,
				/\brate[- ]?limit(?:s|ing|ed)?\b|\blimits? (?:are |is |were |was )?(?:exceeded|reached|hit)\b|\bquota (?:is )?(?:exceeded|reached)\b|\btoo many (?:requests|concurrent)/i,
			);
			if (!limits) return nothing;
			const convex =
				saysNear(subject, /\bconvex\b/i) ||
				isAbout(subject, /\bconvex|\bdatabase/i) ||
				(subject.issue?.causes.some((cause) => /\bconvex\b/i.test(cause.text)) ?? false);
			if (!convex) return nothing;
			// A deployment that exceeds the limits of its plan is switched off.
			return subject.kind === 'cause' ? [check('convex.limits'), check('convex.state')] : [check('convex.limits')];
		},
	},
	{
		id: 'B34',
		about: 'auth configuration and user data',
		on: ['step', 'item', 'cause'],
		certainty: 'certain',
		propose: (subject) => {
			if (!subject.leaf || !says(subject, /\bconvex\b/i)) return nothing;
			if (says(subject, /\bauth(?:entication)? (?:config(?:uration)?|settings?|providers?|setup)\b/i)) return [check('convex.auth-config')];
			return says(subject, /\buser (?:data|records?|documents?|accounts?)\b/i) ? [check('convex.users')] : nothing;
		},
	},
];

const queries: readonly Draft[] = [check('convex.latency'), check('convex.scans')];

/** The application may answer under Convex itself; where the command asks a path of it, that is asked as well. */
function pathOf(subject: Subject): readonly Draft[] {
	const path = /\bconvex\.(?:cloud|site)(\/[^\s"'`]*)/i.exec(subject.commands.map((command) => command.source).join('\n'))?.[1];
	return path === undefined || path === '/' ? [] : [check('convex.health', { path })];
}

function inConvex(subject: Subject): boolean {
	return saysNear(subject, /\bconvex\b/i);
}
