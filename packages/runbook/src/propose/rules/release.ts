import { action, check, nothing, type Rule } from '../rule.ts';
import { type Subject, says, saysNear } from '../subject.ts';
import { isGathering } from './environment.ts';

/** B51 to B54: releases, going back, restarting, clearing caches. */
export const releaseRules: readonly Rule[] = [
	{
		id: 'B51',
		about: 'what changed, and which release was good',
		on: ['step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (!subject.leaf || subject.commands.length > 0) return nothing;
			if (
				says(
					subject,
					/\b(?:review|check|identify|look at|list|see)\b.*\b(?:recent (?:changes|deployments?|deploys|releases|commits)|deployment history|release history|what changed|commit hash|last (?:known )?good (?:deployment|release|version|commit))\b/i,
				)
			)
				return [check('release.recent')];
			return isGathering(subject) && says(subject, /\brecent (?:deployments?|deploys|releases|changes)\b/i)
				? [check('release.recent')]
				: nothing;
		},
	},
	{
		id: 'B52',
		about: 'going back to the release before',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				subject.forbids ||
				!says(subject, /^(?:\W*)(?:execute |perform |initiate |trigger |start |do )?(?:a |the )?(?:roll(?:ing)?[ -]?back|revert)\b/i)
			)
				return nothing;
			if (says(subject, /\b(?:steps?|procedure|plan|criteria|decision|triggers?|checklist|verification)\b/i)) return nothing;
			if (subject.commands.some((command) => command.effect === 'write' || command.effect === 'destructive' || command.effect === 'block'))
				return nothing;
			const scope = subject.text.replace(/\(.*?\)|(?:if|when|to)\b.*$/gi, '');
			return /\b(?:database|migration|schema|config(?:uration)?|secret|dns|feature flag|commit|merge)s?\b/i.test(scope)
				? nothing
				: [action('release.rollback', { to: 'last-good' })];
		},
	},
	{
		id: 'B53',
		about: 'restarting the application',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) =>
			orders(subject, /^(?:\W*)restart (?:the |your )?(?:next(?:\.js)? |web |node )?(?:app|application|server|service|process(?:es)?)\b/i)
				? [action('app.restart')]
				: nothing,
	},
	{
		id: 'B54',
		about: 'clearing caches',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) =>
			orders(
				subject,
				/^(?:\W*)(?:clear|purge|flush|invalidate) (?:the |all |your )?(?:cdn |app(?:lication)? |edge |page |build |http )?caches?\b/i,
			) && !saysNear(subject, /\b(?:browser|redis|dns|npm|docker) cache/i)
				? [action('cache.purge')]
				: nothing,
	},
];

/** An order in words alone: a command in the line is what the person runs, and no action of ours. */
function orders(subject: Subject, words: RegExp): boolean {
	return !subject.forbids && subject.commands.length === 0 && says(subject, words);
}
