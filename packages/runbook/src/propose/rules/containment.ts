import { action, nothing, type Rule } from '../rule.ts';
import { isAbout, type Subject, says } from '../subject.ts';

/** B55 to B59: accounts, secrets, maintenance, telling people. Each is asked for before it is done. */
export const containmentRules: readonly Rule[] = [
	{
		id: 'B55',
		about: 'accounts and their sessions',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				orders(
					subject,
					/^(?:\W*)(?:disable|suspend|lock|deactivate) (?:the |all |any )?(?:affected |compromised |suspicious )?(?:user )?accounts?\b/i,
				)
			)
				return [action('account.disable')];
			return orders(
				subject,
				/^(?:\W*)(?:revoke|invalidate|terminate|end) (?:the |all |any )?(?:active |affected |compromised |user )*sessions?\b/i,
			)
				? [action('session.revoke')]
				: nothing;
		},
	},
	{
		id: 'B56',
		about: 'secrets',
		on: ['step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				orders(
					subject,
					/^(?:\W*)revoke (?:the |all |any )?(?:compromised |leaked |exposed |affected )?(?:secrets?|keys?|api keys?|tokens?|credentials?)\b/i,
				)
			)
				return [action('secret.revoke')];
			return orders(
				subject,
				/^(?:\W*)(?:rotate|regenerate) (?:the |all |any )?(?:compromised |leaked |exposed |affected )?(?:secrets?|keys?|api keys?|tokens?|credentials?|[A-Z_]+_(?:SECRET|KEY))\b/i,
			)
				? [action('secret.rotate', { name: subject.envs.length === 1 ? subject.envs[0] : null })]
				: nothing;
		},
	},
	{
		id: 'B57',
		about: 'maintenance and isolation',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				orders(
					subject,
					/\b(?:enable|activate|turn on|switch on|enter) (?:the )?maintenance(?: mode| page)?\b|^(?:\W*)put\b.*\bmaintenance mode\b/i,
				)
			)
				return [action('app.maintenance', { mode: 'on' })];
			if (orders(subject, /\b(?:disable|deactivate|turn off|switch off|leave|exit) (?:the )?maintenance(?: mode| page)?\b/i))
				return [action('app.maintenance', { mode: 'off' })];
			if (
				subject.leaf &&
				isAbout(subject, /\bdata loss\b/i) &&
				orders(subject, /^(?:\W*)(?:stop all (?:operations|writes)|prevent further data loss)\b/i)
			)
				return [action('app.maintenance', { mode: 'on' })];
			return orders(
				subject,
				/^(?:\W*)isolate (?:the |all |any )?(?:affected |compromised )?(?:systems?|servers?|services?|app(?:lication)?s?)\b/i,
			)
				? [action('app.isolate')]
				: nothing;
		},
	},
	{
		id: 'B58',
		about: 'sending word',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) =>
			subject.leaf &&
			orders(
				subject,
				/^(?:\W*)(?:send|post|issue) (?:an? |the )?(?:initial )?(?:incident |outage |status )?(?:notification|announcement|alert|update|message)s?\b|^(?:\W*)notify (?:the )?(?:stakeholders?|team|on-?call)\b/i,
			)
				? [action('notify.send')]
				: nothing,
	},
	{
		id: 'B59',
		about: 'a contact that can be reached',
		on: ['contact'],
		certainty: 'likely',
		propose: (subject) => (subject.links.length > 0 ? [action('notify.send', { to: subject.text })] : nothing),
	},
];

function orders(subject: Subject, words: RegExp): boolean {
	return !subject.forbids && subject.commands.length === 0 && says(subject, words);
}
