/** Whether variables are there, seen in every instance of the application. Pure. */
import type { EnvVariableReport, HealthReport } from '@holdfast/kit/wire';
import type { Finding } from '../contract.ts';
import type { FileVariable } from '../vendors.ts';

/** @returns the variable of this name in each instance; null where an instance does not declare it. */
export function findInInstances(name: string, instances: readonly HealthReport[]): readonly (EnvVariableReport | null)[] {
	return instances.map((report) => report.holdfast.environment?.variables.find((variable) => variable.name === name) ?? null);
}

/** One finding at most: the variable is absent or empty, in all instances or in some. */
export function judgePresence(name: string, instances: readonly HealthReport[]): readonly Finding[] {
	const seen = findInInstances(name, instances).filter((variable) => variable !== null);
	const absent = seen.filter((variable) => !variable.present || variable.problem === 'empty' || variable.length === 0);
	const [first] = absent;
	if (first === undefined) return [];
	const empty = first.problem === 'empty' || first.length === 0;
	const where = absent.length < seen.length ? ` in ${absent.length} of ${seen.length} instances` : '';
	const near = first.nearest === null ? '' : `; ${first.nearest} is, which may be meant`;
	return [describeAbsence(name, empty, `${where}${empty ? '' : near}`, first.nearest)];
}

export function judgePresenceInFile(name: string, variables: readonly FileVariable[]): readonly Finding[] {
	const found = variables.find((variable) => variable.name === name);
	if (found === undefined) return [describeAbsence(name, false, ' in the environment file', null)];
	return found.length === 0 ? [describeAbsence(name, true, ' in the environment file', null)] : [];
}

function describeAbsence(name: string, empty: boolean, where: string, nearest: string | null): Finding {
	return {
		code: empty ? 'env.empty' : 'env.missing',
		severity: 'fail',
		message: empty ? `${name} is set to nothing (0 characters)${where}` : `${name} is not set${where}`,
		fix:
			nearest === null || empty
				? `set ${name} for the application and restart it`
				: `rename ${nearest} to ${name} if that is what it is, and restart the application`,
		at: name,
	};
}
