import { z } from 'zod';
import type { Finding, Outcome } from '../../contract.ts';
import { describeSilence, findMissing } from '../../convex/describe-silence.ts';
import { readAdminDeployment } from '../../convex/read-deployment.ts';
import { defineCheck } from '../../define-check.ts';

export const convexUsers = defineCheck({
	id: 'convex.users',
	title: 'User data is there',
	question: 'Is the synthetic account among the users that the deployment keeps?',
	explains:
		'Looks in the table of users (`users`, field `email`, unless the configuration says otherwise) for the account that checks sign in with. ok: its document is there. fail: it is not, though the whole table was looked at, or it is marked as disabled. unknown: no synthetic account, no key, a key that may not read data, no such table, more documents than are looked at.',
	requires: [
		'`synthetic: {user: …, password: …}` and `convex: {url: …, adminKey: …}` in holdfast.yaml; a key with deployment:data:view is enough',
	],
	needs: ['convex.reachable'],
	params: z.object({}),
	deadlineMs: 9000,
	run: async (context): Promise<Outcome> => {
		const { synthetic } = context.service;
		if (synthetic === undefined) {
			const missing = findMissing(context.service, 'synthetic.password');
			return {
				state: 'unknown',
				reason: missing?.reason ?? 'No synthetic account is configured, so there is none to look for',
				enable: missing?.enable ?? 'set `synthetic: {user: …, password: …}` for the service in holdfast.yaml to an account without rights',
			};
		}
		const admin = await readAdminDeployment(context);
		if (admin.kind === 'none') return admin.outcome;
		const { table, field } = context.service.convexUsers ?? { table: 'users', field: 'email' };
		const { target, subject } = admin;
		const verdict = await context.vendors.convex.findDocument(target, { table, field, value: synthetic.user }, context.signal);
		if (verdict.kind === 'no-answer') {
			const silence = describeSilence(verdict, { vendor: 'Convex', setting: 'convex.adminKey', right: 'deployment:data:view' });
			const enable =
				verdict.code === 'not-found' ? 'name the table of users: `convex: {users: {table: …, field: …}}` in holdfast.yaml' : silence.enable;
			return { ...silence, ...(enable === undefined ? {} : { enable }), subject };
		}
		return { ...judgeDocument(verdict.value, table, field), subject };
	},
});

/** @param looked documents that were looked at. Pure. */
export function judgeDocument(
	{
		found,
		looked,
		complete,
		disabled = null,
	}: { readonly found: boolean; readonly looked: number; readonly complete: boolean; readonly disabled?: boolean | null },
	table: string,
	field: string,
): Outcome {
	const fail = (finding: Finding): Outcome => ({ state: 'fail', reason: finding.message, findings: [finding] });
	const documents = `${looked} document${looked === 1 ? '' : 's'}`;
	if (found && disabled === true)
		return fail({
			code: 'users.disabled',
			severity: 'fail',
			message: `The synthetic account is in table ${table}, and is marked as disabled`,
			fix: 'enable the account, and look at who disabled it',
		});
	if (found) return { state: 'ok', reason: `The synthetic account is in table ${table} (${documents} looked at)` };
	if (!complete)
		return {
			state: 'unknown',
			reason: `The synthetic account is not among the newest ${documents} of table ${table}, and there are more`,
			enable: 'make the synthetic account anew, so that it is among the newest, or sign in with it: holdfast check auth.login',
		};
	return fail({
		code: 'users.missing',
		severity: 'fail',
		message: `The synthetic account is not in table ${table} (field ${field}, ${looked === 0 ? 'which is empty' : `${documents} looked at`})`,
		fix:
			looked === 0
				? 'look at whether this is the right deployment, and whether its data was lost'
				: 'make the account anew, and look at whether other users are missing',
	});
}
