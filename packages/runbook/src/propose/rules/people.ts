import { nothing, person, type Rule } from '../rule.ts';
import { type Subject, says } from '../subject.ts';
import { isGathering } from './environment.ts';

/**
 * B60 to B63: what only a person can do (facts: always manual). Looked at only where no other rule speaks for the line.
 * Recurring lists are tasks, and tasks are signed off by people anyway.
 */
export const personRules: readonly Rule[] = [
	{
		id: 'B60',
		about: 'telling people',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) => {
			if (!fits(subject)) return nothing;
			if (
				says(
					subject,
					/^(?:\W*)(?:notify|inform|tell|alert (?:the|your|all)|contact (?!e-?mail|info|details|list|form)|call (?:the|your|a|an|on)|page (?:the|your|on)|communicate|announce|escalate|e-?mail (?:the|your|all|affected|users?|customers?|team)|message (?:the|your|all)|post an? update|update (?:the )?(?:status page|stakeholders?|customers?|users?))\b/i,
				)
			)
				return [person('notify')];
			const telling = subject.outer.some((text) =>
				/^(?:\W*)(?:notify|inform|communicate|escalate)(?:\b.*\b(?:stakeholders?|users?|customers?|team|parties))?$/i.test(text),
			);
			return telling &&
				says(subject, /\b(?:team|users?|customers?|authorit(?:y|ies)|stakeholders?|management|legal|partners?|regulators?)\b/i)
				? [person('notify')]
				: nothing;
		},
	},
	{
		id: 'B61',
		about: 'writing down',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) => {
			if (!fits(subject)) return nothing;
			if (
				says(
					subject,
					/^(?:\W*)(?:document|record|note|write|log|describe|summari[sz]e|draft|create (?:an? )?(?:post-?mortem|incident report|ticket)|update (?:the )?(?:procedures?|documentation|docs|runbooks?))\b/i,
				)
			)
				return [person('note')];
			if (says(subject, /^(?:\W*)review (?:what|how|why)\b/i)) return [person('note')];
			if (subject.outer.some((text) => /^(?:\W*)(?:document|record|write down)\b/i.test(text))) return [person('note')];
			return isGathering(subject) && subject.outer.length > 0 && subject.commands.length === 0 ? [person('note')] : nothing;
		},
	},
	{
		id: 'B62',
		about: 'judging and deciding',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) =>
			fits(subject) &&
			(says(
				subject,
				/^(?:\W*)(?:assess|decide|determine|evaluate|consider|prioriti[sz]e|estimate|plan|implement safeguards|update security measures|fix (?:the )?root cause|investigate)\b/i,
			) ||
				subject.text.endsWith('?'))
				? [person('decide')]
				: nothing,
	},
	{
		id: 'B63',
		about: 'trying out and confirming',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) =>
			fits(subject) &&
			says(
				subject,
				/^(?:\W*)(?:test (?:affected|the affected|the|fix|your fix|user|critical|basic)\b|deploy (?:it |the fix |fix )?to (?:production|staging)\b|confirm (?:with|that users|affected)|verify (?:with|that users|manually)|ask (?:the )?(?:user|customer|team)s?\b|monitor for\b|wait (?:for|until|\d)|observe\b)/i,
			)
				? [person('confirm')]
				: nothing,
	},
];

function fits(subject: Subject): boolean {
	return subject.leaf && !subject.forbids && subject.commands.length === 0;
}
