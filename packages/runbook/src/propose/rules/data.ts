import { action, check, nothing, type Rule } from '../rule.ts';
import { isAbout, says, saysNear } from '../subject.ts';

/** B47 to B50: backups, their restoring, and whether data is whole. */
export const dataRules: readonly Rule[] = [
	{
		id: 'B47',
		about: 'backups: recent, verified, listed',
		on: ['item', 'step'],
		certainty: 'certain',
		propose: (subject) => {
			if (subject.commands.length > 0 || !says(subject, /\bback-?ups?\b|\bsnapshots?\b/i)) return nothing;
			if (
				says(
					subject,
					/\bback-?ups? (?:verification|restore test|integrity)\b|\bverify (?:the )?(?:latest |recent )?back-?ups?\b|\btest (?:the )?back-?ups?\b/i,
				)
			)
				return [check('backup.verify')];
			if (
				says(
					subject,
					/\bback-?ups? (?:are |is |were |was )?(?:successful|complete(?:d)?|recent|current|running|ran|ok|succeed(?:ed|ing)?|up to date)\b/i,
				)
			)
				return [check('backup.fresh')];
			return says(subject, /\b(?:check|list|find|review|look for|identify)\b.*\bback-?ups?\b/i) ? [check('backup.list')] : nothing;
		},
	},
	{
		id: 'B48',
		about: 'restoring, and practising it',
		on: ['step', 'item'],
		certainty: 'certain',
		propose: (subject) => {
			if (says(subject, /\b(?:disaster recovery|dr|restore|recovery|failover) (?:drill|test|exercise|rehearsal)\b/i))
				return [action('backup.drill')];
			return says(subject, /^(?:\W*)restore\b.*\b(?:back-?ups?|snapshots?|data|database)\b/i) ? [action('backup.restore')] : nothing;
		},
	},
	{
		id: 'B49',
		about: 'corruption and integrity',
		on: ['item', 'step', 'cause', 'criterion'],
		certainty: 'certain',
		propose: (subject) => {
			if (
				!says(
					subject,
					/\bdata (?:corruption|integrity|consistency|inconsistenc\w+)\b|\bcorrupt(?:ed)? data\b|\bintegrity (?:check|of (?:the )?data)\b/i,
				)
			)
				return nothing;
			return [check('data.integrity', {}, subject.kind === 'criterion' ? 'likely' : undefined)];
		},
	},
	{
		id: 'B50',
		about: 'what was lost',
		on: ['step'],
		certainty: 'certain',
		propose: (subject) => {
			if (!isAbout(subject, /\bdata loss\b|\blost data\b/i) || !subject.text.endsWith('?')) return nothing;
			return saysNear(subject, /\b(?:assess|damage|lost|recover(?:ed|able)?|occur)\b/i) &&
				says(subject, /\b(?:lost|recovered|recoverable|occur|happen|affected)\b/i)
				? [check('data.loss')]
				: nothing;
		},
	},
];
