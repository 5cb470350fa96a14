import { check, nothing, type Rule } from '../rule.ts';
import { isAbout, says } from '../subject.ts';

/** B5 to B9: what people see: pages, error codes, files of the build. */
export const pageRules: readonly Rule[] = [
	{
		id: 'B5',
		about: 'blank or error page',
		on: ['symptom'],
		certainty: 'certain',
		propose: (subject) =>
			says(
				subject,
				/\b(?:blank|empty|white) (?:page|screen)|\bpages? (?:is|are|stays?|remains?|turns?) (?:blank|empty|white)\b|\berror page\b|\bwhite screen of death\b/i,
			)
				? [check('http.page')]
				: says(
							subject,
							/\b(?:(?:page|site|app|application|website)s? (?:does not|doesn['’]t|do not|don['’]t|won['’]t|fails? to|not|never) load(?:ing|s)?|not rendering|broken layout)\b/i,
						)
					? [check('http.page', {}, 'likely')]
					: nothing,
	},
	{
		id: 'B6',
		about: 'error codes of the server',
		on: ['symptom'],
		certainty: 'certain',
		propose: (subject) =>
			says(
				subject,
				/\binternal server errors?\b|\b(?:http )?5(?:\d\d|xx)\b(?:[ -](?:internal|errors?|status|responses?|bad gateway|service unavailable|gateway time-?out)|s?$)|\bbad gateway\b|\bservice unavailable\b/i,
			)
				? [check('http.status')]
				: nothing,
	},
	{
		id: 'B7',
		about: 'broken build: files that the page asks for and does not get',
		on: ['cause'],
		certainty: 'certain',
		propose: (subject) =>
			says(
				subject,
				/\bbuild (?:errors?|failures?|failed|problems?|issues?|is broken|broke)\b|\b(?:broken|failed|bad|incomplete) build\b|\b(?:missing|stale) (?:chunks?|assets?|bundles?)\b|\bchunk ?load ?errors?\b/i,
			)
				? [check('http.assets'), check('release.build')]
				: nothing,
	},
	{
		id: 'B8',
		about: 'basic functionality tried out',
		on: ['step'],
		certainty: 'likely',
		propose: (subject) =>
			subject.commands.length === 0 &&
			says(
				subject,
				/\btest (?:basic|critical|core|main|key) (?:functionality|functions|paths?|pages?|routes?|flows?)\b|\brun (?:a |the )?smoke tests?\b/i,
			)
				? [check('http.status')]
				: nothing,
	},
	{
		id: 'B9',
		about: 'data that does not show',
		on: ['symptom'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				says(
					subject,
					/\bdata (?:is |does |was )?(?:not|never|no longer) (?:loading|loaded|shown|showing|load|appear(?:ing)?|displayed)\b|\b(?:empty|blank|missing) lists?\b|\blists? (?:are|is|stays?) empty\b/i,
				)
			)
				return [check('http.list')];
			if (!says(subject, /\bconnection (?:failed|refused|errors?|lost)\b|\bcan(?:no|['’])t connect\b/i)) return nothing;
			return isAbout(subject, /\bconvex|\bdatabase|\bdata\b/i) ? [check('http.list'), check('convex.reachable', {}, 'likely')] : nothing;
		},
	},
];
