import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';
import { findInInstances, judgePresence, judgePresenceInFile } from '../../environment/judge-presence.ts';
import { describeNoEnvironment, readEnvironment, showVariables } from '../../environment/read-environment.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { variableParam } from '../../params.ts';

export const envPresent = defineCheck({
	id: 'env.present',
	title: 'A variable is set',
	question: 'Does the running application have this variable?',
	explains:
		'Looks the variable up in what the application reports of itself (kit), in every instance that answers; without the kit in its environment file. ok: set, with at least one character. fail: not set, or set to nothing. unknown: neither can be read, or the application does not declare it.',
	requires: ['the kit’s `createHealth` with `defineEnv` and `kit: {token}`, or `envFile`'],
	needs: [],
	params: z.object({ name: variableParam('Name of the variable') }),
	deadlineMs: 9500,
	run: async (context, { name }) => {
		const environment = await readEnvironment(context);
		if (environment.kind === 'none') return { ...describeNoEnvironment(environment), subject: name };
		if (environment.kind === 'file') {
			const findings = judgePresenceInFile(name, environment.variables);
			const length = environment.variables.find((variable) => variable.name === name)?.length ?? 0;
			const reason = findings.length > 0 ? summariseFindings(findings) : `${name} is set in the environment file, ${length} characters`;
			return { state: stateOf(findings), reason, findings, subject: name };
		}
		const [first] = findInInstances(name, environment.instances).filter((variable) => variable !== null);
		if (first === undefined)
			return {
				state: 'unknown',
				reason: `The application does not declare ${name}, so its report does not say whether it is set`,
				enable: `declare ${name} in the application’s \`defineEnv\``,
				subject: name,
			};
		const findings = judgePresence(name, environment.instances);
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : `${name} is set, ${first.length ?? '?'} characters`,
			findings,
			subject: name,
			evidence: [showVariables([first])],
		};
	},
});
