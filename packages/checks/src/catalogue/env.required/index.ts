import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';
import { judgePresence, judgePresenceInFile } from '../../environment/judge-presence.ts';
import { describeNoEnvironment, readEnvironment, showVariables } from '../../environment/read-environment.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';

export const envRequired = defineCheck({
	id: 'env.required',
	title: 'All required variables are set',
	question: 'Is every variable set that the application cannot do without?',
	explains:
		'Takes the list from the application’s own declaration (kit), in every instance that answers; without the kit the names under `secrets` in holdfast.yaml are looked for in its environment file. ok: all are set. fail: one is not set, or set to nothing. unknown: neither can be read.',
	requires: ['the kit’s `createHealth` with `defineEnv` and `kit: {token}`, or `secrets` and `envFile`'],
	needs: [],
	params: z.object({}),
	deadlineMs: 9500,
	run: async (context) => {
		const environment = await readEnvironment(context);
		if (environment.kind === 'none') return describeNoEnvironment(environment);
		if (environment.kind === 'file') {
			const names = context.service.secrets ?? [];
			if (names.length === 0)
				return { state: 'unknown', reason: `${environment.why}; and no names are configured to look for`, enable: environment.enable };
			const missing = names.flatMap((name) => judgePresenceInFile(name, environment.variables));
			return {
				state: stateOf(missing),
				reason:
					missing.length > 0
						? summariseFindings(missing)
						: `All ${names.length} configured names are set in the environment file; what else the application needs is not known`,
				findings: missing,
			};
		}
		const required = environment.variables.filter((variable) => variable.required);
		const findings = required.flatMap((variable) => judgePresence(variable.name, environment.instances));
		const set = required.length === 1 ? 'The one required variable is set' : `All ${required.length} required variables are set`;
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : set,
			findings,
			measurements: [{ name: 'required', value: required.length, unit: 'count' }],
			evidence: [showVariables(required)],
		};
	},
});
