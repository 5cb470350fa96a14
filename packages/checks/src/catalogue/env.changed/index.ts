import { z } from 'zod';
import type { Fact, Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { describeNoEnvironment, readEnvironment } from '../../environment/read-environment.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { variableParam } from '../../params.ts';
import { judgeAgreement } from '../env.secret/judge-secret.ts';
import { describeAge, judgeChange } from './judge-change.ts';

export const envChanged = defineCheck({
	id: 'env.changed',
	title: 'A variable did not change lately',
	question: 'Has the variable had the same value for some time?',
	explains:
		'Compares the keyed fingerprint of the variable (kit) with those that were seen before; the value itself is never seen, and one that the application refuses is not remembered. ok: the same for longer than `minutes`, or changed and changed back, or a secret whose NAME_PREVIOUS is set. warn: another variable changed. fail: a secret changed within `minutes` and NAME_PREVIOUS is not set, or instances have different values. unknown: no fingerprint (HOLDFAST_FINGERPRINT_KEY of the application), no history, or seen for the first time.',
	requires: [
		'the kit’s report with `kit: {token}`',
		'HOLDFAST_FINGERPRINT_KEY of the application',
		'a history: it begins with the first run',
	],
	needs: [],
	params: z.object({
		name: variableParam('Name of the variable', 'SESSION_SECRET'),
		minutes: z
			.int()
			.min(1)
			.max(43_200)
			.default(60)
			.meta({ description: 'How far back a change counts, in minutes', example: 'minutes=60' }),
	}),
	deadlineMs: 9500,
	run: async (context, { name, minutes }): Promise<Outcome> => {
		const environment = await readEnvironment(context);
		const unknown = (reason: string, enable: string): Outcome => ({ state: 'unknown', reason, enable, subject: name });
		if (environment.kind === 'none') return { ...describeNoEnvironment(environment), subject: name };
		if (environment.kind === 'file')
			return unknown(`${environment.why}; an environment file holds no fingerprints to compare`, environment.enable);
		const variable = environment.variables.find((candidate) => candidate.name === name);
		if (variable === undefined)
			return unknown(`The application does not declare ${name}`, `declare ${name} in the application’s \`defineEnv\``);
		const differs = judgeAgreement(name, environment.instances);
		if (differs.length > 0) return { state: 'fail', reason: summariseFindings(differs), findings: differs, subject: name };
		if (!variable.present) return unknown(`${name} is not set, so nothing can be compared`, `holdfast check env.present name=${name}`);
		const { keyId } = environment;
		if (variable.fingerprint === null || keyId === null)
			return unknown(
				`The application gives no fingerprint of ${name}`,
				'set HOLDFAST_FINGERPRINT_KEY (32 characters or more) for the application, the same for all instances and kept over restarts',
			);
		// A value that the application refuses made nothing that a later one could end: mending it is no change.
		const isAccepted = variable.problem === null;
		const facts: readonly Fact[] = isAccepted ? [{ name: `env:${name}`, value: variable.fingerprint, scope: keyId }] : [];
		const history = await context.history.readFact(`env:${name}`);
		if (history === null)
			return {
				...unknown(
					'No history is kept, so an earlier value is not known',
					'run holdfast in a folder with holdfast.yaml: it remembers what it saw',
				),
				facts,
			};
		const previousSet = environment.variables.some((other) => other.name === `${name}_PREVIOUS` && other.present);
		const change = judgeChange({
			name,
			current: variable.fingerprint,
			samples: history.filter((sample) => sample.scope === keyId),
			now: context.now(),
			withinMs: minutes * 60_000,
			previousSet,
			secret: variable.kind === 'secret',
		});
		const note = previousSet ? `; ${name}_PREVIOUS is set` : '';
		switch (change.kind) {
			case 'first-seen':
				return {
					...unknown(
						`${name} is seen for the first time${history.length > 0 ? ' under this fingerprint key' : ''}; it is remembered ${isAccepted ? 'from now on' : 'once the application accepts it'}`,
						`holdfast check env.changed name=${name}, later`,
					),
					facts,
				};
			case 'same':
				return {
					state: 'ok',
					reason: `${name} is the same since ${change.since} (${describeAge(context.now() - Date.parse(change.since))})${note}`,
					facts,
					subject: name,
				};
			case 'back':
				return {
					state: 'ok',
					reason: `${name} was changed in the last ${minutes} min and has its earlier value again${note}`,
					facts,
					subject: name,
				};
			case 'changed':
				return { state: stateOf([change.finding]), reason: change.finding.message, findings: [change.finding], facts, subject: name };
			default:
				return change satisfies never;
		}
	},
});
