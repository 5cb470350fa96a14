import { z } from 'zod';
import type { Finding, Outcome } from '../../contract.ts';
import { defineCheck } from '../../define-check.ts';
import { judgePresenceInFile } from '../../environment/judge-presence.ts';
import {
	describeNoEnvironment,
	type FileEnvironment,
	type KitEnvironment,
	readEnvironment,
	showVariables,
} from '../../environment/read-environment.ts';
import { stateOf, summariseFindings } from '../../outcome/state-of.ts';
import { optionalVariableParam } from '../../params.ts';
import { describeNewSecret, describeShort, judgeSecret } from './judge-secret.ts';

/** The kit's own floor: a 256-bit HMAC key in hex or base64 has as many characters. */
const leastCharacters = 32;

export const envSecret = defineCheck({
	id: 'env.secret',
	title: 'Secrets are strong and the same everywhere',
	question: 'Is the secret set, long enough, not a sample value, and the same in every instance?',
	explains:
		'Looks at the secret, or at all declared ones and those under `secrets` in holdfast.yaml, as the application reports them (kit): presence, length, whether the value is known from examples or made of a few repeated characters, and keyed fingerprints of several instances; the value itself never leaves the application. ok: all of that is well. fail: not set, shorter than `min` (without it the application’s own minimum), a sample value, white space at an end, or different between instances. Without the kit its environment file tells presence and length. unknown: neither can be read, or the secret is not declared.',
	requires: ['the kit’s `createHealth` with `defineEnv` and `kit: {token}`, or `envFile`'],
	needs: [],
	params: z.object({
		name: optionalVariableParam('Name of the secret; without it all that are declared'),
		min: z.int().min(1).max(4096).optional().meta({ description: 'Fewest characters that count as well', example: 'min=32' }),
	}),
	deadlineMs: 9500,
	run: async (context, { name, min }) => {
		const environment = await readEnvironment(context);
		const subject = name === undefined ? {} : { subject: name };
		const configured = context.service.secrets ?? [];
		switch (environment.kind) {
			case 'none':
				return { ...describeNoEnvironment(environment), ...subject };
			case 'file':
				return { ...judgeFile(environment, name === undefined ? configured : [name], min ?? leastCharacters), ...subject };
			case 'kit':
				return { ...judgeKit(environment, name, configured, min ?? null), ...subject };
			default:
				return environment satisfies never;
		}
	},
});

function judgeKit(environment: KitEnvironment, name: string | undefined, configured: readonly string[], min: number | null): Outcome {
	const declared = environment.variables.filter((variable) =>
		name === undefined ? variable.kind === 'secret' || configured.includes(variable.name) : variable.name === name,
	);
	if (declared.length === 0)
		return {
			state: 'unknown',
			reason:
				name === undefined
					? 'The application declares no secret'
					: `The application does not declare ${name}, so its report says nothing of it`,
			enable: `declare ${name ?? 'its secrets'} with \`secret()\` in the application’s \`defineEnv\``,
		};
	const findings = declared.flatMap((variable) => judgeSecret(variable.name, environment.instances, min));
	const [first] = declared;
	const set = declared.filter((variable) => variable.present).length;
	const across = environment.instances.length > 1 ? `, the same in ${environment.instances.length} instances` : '';
	const one =
		first?.present === true ? `${first.name} is set, ${first.length ?? '?'} characters${across}` : `${first?.name} is optional and not set`;
	const well = declared.length === 1 ? one : `${set} secrets are set, long enough and no sample values${across}`;
	return {
		state: stateOf(findings),
		reason: findings.length > 0 ? summariseFindings(findings) : well,
		findings,
		evidence: [showVariables(declared)],
	};
}

function judgeFile({ variables, why, enable }: FileEnvironment, names: readonly string[], least: number): Outcome {
	if (names.length === 0) return { state: 'unknown', reason: `${why}; and no secret is named under \`secrets\``, enable };
	const findings = names.flatMap((name): readonly Finding[] => {
		const absent = judgePresenceInFile(name, variables);
		const length = variables.find((variable) => variable.name === name)?.length ?? 0;
		if (absent.length > 0 || length >= least) return absent;
		return [
			{
				code: 'env.too-short',
				severity: 'fail',
				message: describeShort(name, length, least),
				fix: describeNewSecret(name, least),
				at: name,
			},
		];
	});
	if (findings.length > 0) return { state: stateOf(findings), reason: summariseFindings(findings), findings };
	const lengths = names.map((name) => `${name} ${variables.find((variable) => variable.name === name)?.length ?? 0} characters`);
	return {
		state: 'ok',
		reason: `Set and long enough in the environment file: ${lengths.slice(0, 4).join(', ')}; what they hold is not looked at`,
	};
}
