import { check, nothing, type Rule } from '../rule.ts';
import { says, saysNear } from '../subject.ts';
import { findVendors } from '../vendors.ts';

/** B41 to B46: logs, errors, resources, status pages. */
export const observationRules: readonly Rule[] = [
	{
		id: 'B41',
		about: 'errors in Sentry, and error rates',
		on: ['step', 'item', 'criterion'],
		certainty: 'certain',
		propose: (subject) => {
			if (!subject.leaf || says(subject, /\bperformance\b/i)) return nothing;
			if (says(subject, /\bsentry\b/i) && says(subject, /\berrors?\b|\bissues?\b|\bexceptions?\b|\breports?\b/i))
				return [check('sentry.errors')];
			if (subject.kind === 'criterion')
				return says(subject, /\bcritical bugs?\b|\berror rates?\b|\bnew errors?\b/i) ? [check('sentry.errors', {}, 'likely')] : nothing;
			return says(subject, /\berror rates?\b|\b5xx rates?\b/i)
				? [check('sentry.errors', {}, subject.document.vendors.has('sentry') ? undefined : 'likely')]
				: nothing;
		},
	},
	{
		id: 'B42',
		about: 'logs of the application or its platform',
		on: ['step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (!subject.leaf || subject.commands.length > 0) return nothing;
			if (says(subject, /\b(?:convex|security|audit|access|browser|change|database|query) logs?\b/i)) return nothing;
			return says(subject, /\b(?:application|app|platform(?:-specific)?|server|runtime|deployment|function|vercel|all)(?: error)? logs?\b/i)
				? [check('logs.errors')]
				: nothing;
		},
	},
	{
		id: 'B43',
		about: 'resources of the server',
		on: ['symptom', 'cause', 'step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (!subject.leaf || subject.commands.length > 0) return nothing;
			if (says(subject, /\bmemory leaks?\b/i)) return [check('server.memory-trend')];
			if (subject.kind === 'cause')
				return says(
					subject,
					/\bresources? (?:exhaustion|exhausted|starvation|limits?|contention|used up)\b|\bout of (?:memory|resources)\b|\bOOM\b/i,
				)
					? [check('server.resources')]
					: nothing;
			return says(
				subject,
				/\b(?:server|system|host) resources?\b|\bresource (?:usage|utili[sz]ation|consumption)\b|\b(?:cpu|memory)(?:\s*(?:\/|and|or)\s*(?:cpu|memory))? (?:usage|utili[sz]ation|load)\b|\bhigh (?:cpu|memory)\b/i,
			)
				? [check('server.resources')]
				: nothing;
		},
	},
	{
		id: 'B44',
		about: 'capacity',
		on: ['item', 'step'],
		certainty: 'certain',
		propose: (subject) => (says(subject, /\bcapacity (?:planning|review|forecast|check)\b/i) ? [check('capacity.forecast')] : nothing),
	},
	{
		id: 'B45',
		about: "a vendor's status page",
		on: ['step', 'item', 'url', 'cause'],
		certainty: 'certain',
		propose: (subject) => {
			if (subject.links.length === 0 && !says(subject, /\bstatus|\boutage|\bincident|\bdown\b|\bdisruption/i)) return nothing;
			const named = findVendors(subject.text);
			const [only] = named;
			if (subject.kind === 'cause')
				return named.length === 1 && only !== undefined && says(subject, /\b(?:outage|incident|is down|service disruption)\b/i)
					? [check('vendor.status', { vendor: only.name })]
					: nothing;
			if (subject.kind === 'url') {
				const url = subject.links[0]?.url ?? '';
				return /^https:\/\/(?:www\.)?(?:status\.[\w.-]+|[\w-]*status(?:page)?\.(?:com|io|dev))\/?$/i.test(url)
					? [check('vendor.status', { vendor: only?.name ?? url })]
					: nothing;
			}
			const link = subject.links.find((candidate) =>
				/^https:\/\/(?:www\.)?(?:status\.|[\w-]*status(?:page)?\.(?:com|io))/i.test(candidate.url),
			);
			if (link !== undefined && !/^(?:post|update|publish)\b/i.test(subject.text))
				return [check('vendor.status', { vendor: only?.name ?? link.url })];
			if (says(subject, /^(?:\W*)(?:post|update|publish|announce)\b|\bif available\b/i)) return nothing;
			if (
				named.length === 1 &&
				only !== undefined &&
				says(subject, /\bstatus\b/i) &&
				!says(subject, /\b(?:deployment|build|function|job|order|payment) status\b/i)
			) {
				const direct = /^(?:\W*)(?:(?:check|visit|review|verify|see)\s+)?(?:the )?[\w.]+ status(?: ?page)?$/i.test(subject.text);
				return [check('vendor.status', { vendor: only.name }, direct && subject.leaf ? 'certain' : 'likely')];
			}
			return says(subject, /\bplatform status(?: ?page)?\b|\b(?:hosting|provider) status(?: ?page)?\b/i)
				? [check('vendor.status', { vendor: subject.document.platform })]
				: nothing;
		},
	},
	{
		id: 'B46',
		about: 'an uptime objective',
		on: ['item', 'step'],
		certainty: 'certain',
		propose: (subject) => {
			if (!saysNear(subject, /\buptime\b|\bavailability\b/i)) return nothing;
			const share =
				subject.threshold?.unit === '%' && /^>=?$/.test(subject.threshold.operator)
					? String(subject.threshold.value)
					: /(\d{2}(?:\.\d+)?)\s?%/.exec(subject.text)?.[1];
			return share === undefined
				? nothing
				: [check('slo.uptime', { min: share }), check('http.health', { path: subject.document.healthPath }, 'likely')];
		},
	},
];
