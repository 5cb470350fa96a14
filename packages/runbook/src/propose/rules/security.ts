import { check, nothing, type Rule } from '../rule.ts';
import { isAbout, type Subject, says } from '../subject.ts';

/** B35 to B40: certificates, headers, caches, dependencies, who did what. */
export const securityRules: readonly Rule[] = [
	{
		id: 'B35',
		about: 'the TLS certificate',
		on: ['item', 'step', 'cause', 'symptom'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				says(
					subject,
					/\b(?:ssl|tls|https)(?:\/(?:ssl|tls))?[- ]certificates?\b|\bcertificates? (?:is |are |has |have )?(?:valid|expir\w+|renew\w*)\b/i,
				) &&
				!says(subject, /^(?:\W*)(?:renew|rotate|install|replace|issue|upload|generate)\b/i)
			)
				return [check('tls.certificate', { warn: daysOf(subject) })];
			return subject.commands.some((command) => command.argv[0] === 'openssl' && command.argv[1] === 's_client')
				? [check('tls.certificate', { warn: daysOf(subject) }, 'likely')]
				: nothing;
		},
	},
	{
		id: 'B36',
		about: 'security headers',
		on: ['item', 'step'],
		certainty: 'certain',
		propose: (subject) =>
			says(subject, /\b(?:http )?security headers?\b|\b(?:csp|hsts) headers?\b|\bcontent-security-policy\b/i) &&
			!says(subject, /^(?:\W*)(?:add|update|remove|configure)\b/i)
				? [check('http.security-headers')]
				: nothing,
	},
	{
		id: 'B37',
		about: 'caching and the CDN',
		on: ['item', 'step', 'cause'],
		certainty: 'certain',
		propose: (subject) => {
			if (says(subject, /\b(?:clear|purge|flush|invalidate|warm|bust|reset)\b/i)) return nothing;
			if (
				says(
					subject,
					/\b(?:optimi[sz]e|check|verify|review|improve) (?:the )?(?:http |browser |asset )?cach(?:ing|e)(?: (?:headers?|policy|policies|settings|configuration|strategy))?$|\bcache-control\b|\bcach(?:e|ing) headers?\b/i,
				)
			)
				return [check('http.caching')];
			return says(subject, /\bcdn\b/i) ? [check('http.cdn')] : nothing;
		},
	},
	{
		id: 'B38',
		about: 'dependencies and known weaknesses',
		on: ['item', 'step'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				says(
					subject,
					/\bdependenc(?:y|ies)\b.*\bupdates?\b|\bupdates?\b.*\bdependenc(?:y|ies)\b|\boutdated (?:dependencies|packages)\b|\bupdate (?:all )?(?:packages|dependencies)\b/i,
				)
			)
				return [check('deps.outdated')];
			return says(
				subject,
				/\bvulnerabilit(?:y|ies)\b|\bnpm audit\b|\bdependency (?:audit|scan)\b|\bno security alerts?\b|\bsecurity alerts\b/i,
			)
				? [check('deps.audit')]
				: nothing;
		},
	},
	{
		id: 'B39',
		about: 'the security log: who came in, what was touched',
		on: ['item', 'step', 'criterion'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				says(
					subject,
					/\bsecurity logs?\b|\bunauthori[sz]ed access\b|\bfailed (?:log|sign)[- ]?ins?\b|\bsuspicious (?:activity|log[- ]?ins?|access)\b|\baudit logs?\b/i,
				)
			)
				return [check('security.log')];
			if (subject.kind === 'criterion' && says(subject, /\bsecurity (?:issues?|vulnerabilit\w+|problems?|breach)\b/i))
				return [check('security.log', {}, 'likely')];
			return inSecurityIncident(subject) && says(subject, /^(?:what (?:was|were|data|systems?)|when did|who)\b.*\?$/i)
				? [check('security.log')]
				: nothing;
		},
	},
	{
		id: 'B40',
		about: 'the security audit as a whole',
		on: ['item'],
		certainty: 'certain',
		propose: (subject) =>
			says(subject, /\bsecurity (?:audit|review|assessment|scan)\b/i)
				? [
						check('security.audit'),
						check('http.security-headers', {}, 'likely'),
						check('tls.certificate', {}, 'likely'),
						check('deps.audit', {}, 'likely'),
					]
				: nothing,
	},
];

/** "More than 30 days left": from then on it is a warning. */
function daysOf(subject: Subject): string | null {
	return /\b(\d{1,3}) days?\b/i.exec(subject.text)?.[1] ?? null;
}

function inSecurityIncident(subject: Subject): boolean {
	return isAbout(subject, /\bsecurity\b|\bbreach\b|\bcompromis/i);
}
