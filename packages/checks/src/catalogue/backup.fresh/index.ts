import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';

export const backupFresh = defineCheck({
	id: 'backup.fresh',
	title: 'A backup is fresh',
	question: 'Is there a backup of the data, and how old is it?',
	explains:
		'A backup that nobody can point to is none: while no backups are configured the answer is unknown, and never ok. This version of Holdfast neither makes backups nor knows of those that are made elsewhere; until it does, that the data can be restored is for a person to prove. ok: never, in this version. fail: never, in this version. unknown: always, until backups can be configured.',
	requires: ['backups that Holdfast knows of, which this version has no setting for'],
	needs: [],
	params: z.object({}),
	deadlineMs: 1000,
	run: async ({ service }) => ({
		state: 'unknown',
		reason: 'No backups are configured, so there is none whose age could be told',
		enable:
			service.convexUrl === undefined
				? 'make a backup by hand, restore it somewhere and note when; this version of Holdfast makes none'
				: 'make one by hand (npx convex export --path FOLDER), restore it into a deployment for trials and note when; this version of Holdfast makes none',
	}),
});
