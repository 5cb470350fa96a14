import { z } from 'zod';
import { defineCheck } from '../../define-check.ts';
import { describeNoEnvironment, readEnvironment, showVariables } from '../../environment/read-environment.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { judgeFormat } from './judge-format.ts';

export const envFormat = defineCheck({
	id: 'env.format',
	title: 'Variables are of the declared form',
	question: 'Is every variable that is set a URL, a number or a word where one is declared?',
	explains:
		'Reads the application’s own verdict over its declared variables (kit), in every instance that answers. ok: all that are set are as declared. fail: one is no URL, no number, out of range, not an allowed word, too short, or has white space at an end. Absent ones are env.required’s, secrets are env.secret’s. unknown: the application’s report cannot be read; an environment file does not say what is declared.',
	requires: ['the kit’s `createHealth` with `defineEnv` and `kit: {token}`'],
	needs: [],
	params: z.object({}),
	deadlineMs: 9500,
	run: async (context) => {
		const environment = await readEnvironment(context);
		if (environment.kind === 'none') return describeNoEnvironment(environment);
		if (environment.kind === 'file')
			return {
				state: 'unknown',
				reason: `${environment.why}; the environment file does not say which form is right`,
				enable: environment.enable,
			};
		const all = environment.instances.flatMap((report) => report.holdfast.environment?.variables ?? []);
		const byName = new Map(
			all.flatMap((variable) => {
				const finding = judgeFormat(variable);
				return finding === null ? [] : [[variable.name, { variable, finding }] as const];
			}),
		);
		const findings = [...byName.values()].map(({ finding }) => finding);
		const set = environment.variables.filter((variable) => variable.present && variable.kind !== 'secret').length;
		return {
			state: stateOf(findings),
			reason: findings.length > 0 ? summariseFindings(findings) : `${set} variables that are set are as declared`,
			findings,
			evidence: [showVariables(findings.length > 0 ? [...byName.values()].map(({ variable }) => variable) : environment.variables)],
		};
	},
});
