/** What is wrong with a secret, by presence, length, the application's own verdict, and across instances. Never a value. Pure. */
import type { HealthReport } from '@holdfast/kit/wire';
import type { Finding } from '../../contract.ts';
import { findInInstances, judgePresence } from '../../environment/judge-presence.ts';

/**
 * @param min characters asked for by the runbook; null: the application's own minimum counts.
 * @returns findings of one secret; empty also where an optional one is not set.
 */
export function judgeSecret(name: string, instances: readonly HealthReport[], min: number | null): readonly Finding[] {
	const seen = findInInstances(name, instances).filter((variable) => variable !== null);
	const [first] = seen;
	if (first === undefined || seen.every((variable) => !variable.required && !variable.present)) return [];
	const absent = judgePresence(name, instances);
	const wrong = new Map<string, Finding>();
	const add = (code: string, message: string, fix: string): void => {
		if (!wrong.has(code)) wrong.set(code, { code, severity: 'fail', message, fix, at: name });
	};
	for (const variable of seen) {
		if (!variable.present || variable.length === null || variable.length === 0) continue;
		const least = min ?? variable.minLength ?? 0;
		if (variable.length < least) add('env.too-short', describeShort(name, variable.length, least), describeNewSecret(name, least));
		if (variable.problem === 'sample-value')
			add(
				'env.sample-value',
				`${name} (${variable.length} characters) is a sample value that anyone can guess`,
				describeNewSecret(name, least),
			);
		if (variable.problem === 'white-space')
			add(
				'env.white-space',
				`${name} (${variable.length} characters) begins or ends with white space`,
				`paste ${name} again without white space around it, and restart the application`,
			);
	}
	return [...absent, ...wrong.values(), ...judgeAgreement(name, instances)];
}

/** Instances that share a fingerprint key must have the same value; without a key lengths still tell. */
export function judgeAgreement(name: string, instances: readonly HealthReport[]): readonly Finding[] {
	const marks = instances.flatMap((report) => {
		const environment = report.holdfast.environment;
		const variable = environment?.variables.find((candidate) => candidate.name === name);
		if (variable === undefined || !variable.present) return [];
		return [{ keyId: environment?.keyId ?? null, fingerprint: variable.fingerprint, length: variable.length }];
	});
	const differs = marks.some((one, index) =>
		marks.slice(index + 1).some((other) => {
			if (one.length !== other.length) return true;
			if (one.keyId === null || one.keyId !== other.keyId) return false;
			return one.fingerprint !== null && other.fingerprint !== null && one.fingerprint !== other.fingerprint;
		}),
	);
	if (!differs) return [];
	return [
		{
			code: 'env.differs',
			severity: 'fail',
			message: `${name} is not the same in the ${marks.length} instances seen: what one makes, another does not accept`,
			fix: `give all instances the same ${name} and restart those that were started with another`,
			at: name,
		},
	];
}

export function describeShort(name: string, length: number, least: number): string {
	return `${name} is ${length} ${length === 1 ? 'character' : 'characters'} long; at least ${least} are needed`;
}

export function describeNewSecret(name: string, least: number): string {
	return `set ${name} to a random value of ${Math.max(least, 32)} characters or more (openssl rand -base64 48) and restart the application`;
}
