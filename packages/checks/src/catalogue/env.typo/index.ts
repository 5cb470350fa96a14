import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';
import { describeNoEnvironment, readEnvironment } from '../../environment/read-environment.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { describeTypo, findTypos } from './judge-typos.ts';

export const envTypo = defineCheck({
	id: 'env.typo',
	title: 'No variable is mistyped',
	question: 'Is a variable missing whose name, mistyped, is set?',
	explains:
		'For every declared variable that is not set, the application names one that is set, not declared and nearly so called (kit); without the kit the names under `secrets` in holdfast.yaml are compared with those of the environment file. ok: no such pair. fail: one for a required variable; both names are given. warn: one for an optional variable. unknown: neither can be read.',
	requires: ['the kit’s `createHealth` with `defineEnv` and `kit: {token}`, or `secrets` and `envFile`'],
	needs: [],
	params: z.object({}),
	deadlineMs: 9500,
	run: async (context) => {
		const environment = await readEnvironment(context);
		if (environment.kind === 'none') return describeNoEnvironment(environment);
		if (environment.kind === 'file') {
			const wanted = context.service.secrets ?? [];
			if (wanted.length === 0)
				return { state: 'unknown', reason: `${environment.why}; and no names are configured to compare`, enable: environment.enable };
			const findings = findTypos(
				wanted,
				environment.variables.map(({ name }) => name),
			);
			const reason =
				findings.length > 0 ? summariseFindings(findings) : `None of ${wanted.length} configured names is mistyped in the environment file`;
			return { state: stateOf(findings), reason, findings };
		}
		const findings = environment.variables.flatMap(({ name, present, nearest, required }) =>
			present || nearest === null ? [] : [describeTypo(name, nearest, required)],
		);
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : `None of ${environment.variables.length} declared names is mistyped`,
			findings,
		};
	},
});
