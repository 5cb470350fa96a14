import { check, type Draft, nothing, type Rule } from '../rule.ts';
import { type Subject, says, saysNear } from '../subject.ts';

const secretName = /(?:SECRET|_KEY|TOKEN|PASSWORD|PASSPHRASE|SALT)(?:_|$)/;
/** Names that the browser sees are no secrets, whatever they are called. */
const publicName = /^(?:NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|PUBLIC|EXPO_PUBLIC)_/;

/** B23 to B27: environment variables and secrets. Values are never looked at. */
export const environmentRules: readonly Rule[] = [
	{
		id: 'B23',
		about: 'a named variable that must be set, or long enough',
		on: ['step', 'item', 'cause'],
		certainty: 'certain',
		propose: (subject) => {
			if (subject.commands.some((command) => command.effect !== 'read' && command.effect !== 'output')) return nothing;
			if (
				!says(
					subject,
					/\b(?:is|are|be|been|was|being)?\s*(?:correctly |properly )?(?:set|present|defined|configured|exists?|available|populated|correct|valid|missing|long enough)\b|\bat least \d+/i,
				)
			)
				return nothing;
			const min =
				/\bat least (\d{1,4}) (?:characters?|chars?|bytes?|symbols?|long)\b|\b(\d{1,4})\+ (?:characters?|chars?)\b|\bminimum(?: length)? (?:of )?(\d{1,4})\b/i
					.exec(subject.text)
					?.slice(1)
					.find((digits) => digits !== undefined);
			return subject.envs
				.filter(isVariable)
				.map((name) => (isSecret(name) || min !== undefined ? check('env.secret', { name, min }) : check('env.present', { name })));
		},
	},
	{
		id: 'B24',
		about: 'the environment as a whole',
		on: ['cause', 'step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (subject.envs.length > 0) return nothing;
			if (subject.kind === 'cause')
				return saysEnvironment(subject) &&
					says(subject, /\b(?:not|missing|wrong|incorrect(?:ly)?|misconfigur\w+|invalid|unset|undefined|bad)\b/i)
					? wholeEnvironment(subject)
					: nothing;
			if (says(subject, /\btypos?\b/i) && saysNear(subject, /\b(?:variables?|env)\b/i)) return [check('env.typo')];
			if (!subject.leaf || subject.commands.length > 0) return nothing;
			if (
				says(
					subject,
					/\b(?:all|required|necessary)\b.*\b(?:secrets|variables|env(?:ironment)? vars?)\b.*\b(?:present|set|defined|configured|exist)\b/i,
				)
			)
				return [check('env.required')];
			return saysEnvironment(subject) && (says(subject, /\b(?:check|verify|confirm|compare|ensure|review)\b/i) || isGathering(subject))
				? [check('env.required')]
				: nothing;
		},
	},
	{
		id: 'B25',
		about: 'a secret as a cause: the variable that its words name',
		on: ['cause'],
		certainty: 'certain',
		propose: (subject) => {
			if (!says(subject, /\b(?:secrets?|keys?|tokens?)\b/i)) return nothing;
			const names = [...subject.envs, ...subject.nearEnvs].filter(
				(name, index, all) => isSecret(name) && all.indexOf(name) === index && isNamedBy(name, subject.text),
			);
			if (names.length === 0) return nothing;
			// A token is made with a secret; that one being wrong is only one of the ways in which it fails.
			const direct = says(subject, /\bsecrets?\b|\bkeys?\b/i);
			return names.flatMap((name) =>
				direct ? [check('env.secret', { name }), check('env.changed', { name })] : [check('env.secret', { name })],
			);
		},
	},
	{
		id: 'B26',
		about: 'a secret that may have changed',
		on: ['step', 'item', 'cause'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				!says(
					subject,
					/(?:\b|_)(?:secrets?|keys?|variables?|env\w*)\b.*\b(?:changed|rotated|modified|updated)\b|\b(?:changed|rotated) (?:secrets?|keys?)\b/i,
				)
			)
				return nothing;
			if (says(subject, /^(?:\W*)(?:rotate|change|update)\b/i)) return nothing;
			// A cause means the secret that its words name; a step that says "the secret" means those around it.
			const near = subject.kind === 'cause' ? subject.nearEnvs.filter((name) => isNamedBy(name, subject.text)) : subject.nearEnvs;
			const own = subject.envs.filter(isSecret);
			return (own.length > 0 ? own : near.filter(isSecret)).map((name) => check('env.changed', { name }));
		},
	},
];

function wholeEnvironment(subject: Subject): readonly Draft[] {
	const present = subject.nearEnvs
		.filter((name) => isVariable(name) && publicName.test(name))
		.map((name) => check('env.present', { name }));
	return [...present, check('env.required'), check('env.format'), check('env.typo')];
}

function saysEnvironment(subject: Subject): boolean {
	return says(subject, /\benvironment(?:al)? (?:variables?|config(?:uration)?|settings)\b|\benv(?:ironment)? vars?\b|\benvs\b/i);
}

export function isGathering(subject: Subject): boolean {
	return /\b(?:gather|collect|record)\b.*\b(?:information|data|details|evidence|facts)\b/i.test(
		`${subject.title} ${subject.outer.join(' ')}`,
	);
}

function isSecret(name: string): boolean {
	return secretName.test(name) && !publicName.test(name) && !isPredecessor(name);
}

/** Kept for the time of a rotation, and rightly not set at any other. */
function isPredecessor(name: string): boolean {
	return /_(?:PREVIOUS|OLD|PREV)$/.test(name);
}

/** Upper-case words with underscores that are no variables: error codes. */
function isVariable(name: string): boolean {
	return !/^(?:ERR|ERROR|E|HTTP|SIG)_/.test(name) && !isPredecessor(name);
}

/** `SESSION_SECRET` is named by "Session secret misconfigured" and `CSRF_SECRET` by "CSRF token issues". */
function isNamedBy(name: string, text: string): boolean {
	const words = name
		.toLowerCase()
		.split('_')
		.filter((word) => !/^(?:secret|key|token|app|next|auth|api)$/.test(word));
	return words.length > 0 && words.every((word) => new RegExp(`\\b${word}`, 'i').test(text));
}
