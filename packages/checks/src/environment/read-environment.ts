/**
 * The application's environment variables as far as they can be seen: as the running application reports them (kit), else as its
 * environment file holds them. Names, presence and length; never a value.
 */
import type { EnvVariableReport, HealthReport } from '@holdfast/kit/wire';
import type { CheckContext, Evidence, Outcome } from '../contract.ts';
import { readKitReport } from '../kit/read-kit-report.ts';
import type { FileVariable } from '../vendors.ts';

export interface KitEnvironment {
	readonly kind: 'kit';
	readonly variables: readonly EnvVariableReport[];
	readonly keyId: string | null;
	/** One per instance seen; at least one. */
	readonly instances: readonly HealthReport[];
	readonly notes: readonly string[];
}

export interface FileEnvironment {
	readonly kind: 'file';
	readonly variables: readonly FileVariable[];
	/** Why the application itself was not heard, and what would change that. */
	readonly why: string;
	readonly enable: string;
}

export interface NoEnvironment {
	readonly kind: 'none';
	readonly reason: string;
	readonly enable: string;
}

export type Environment = KitEnvironment | FileEnvironment | NoEnvironment;

export function readEnvironment(context: CheckContext): Promise<Environment> {
	return context.fact('environment', async (signal): Promise<Environment> => {
		const kit = await readKitReport(context);
		const declared = kit.kind === 'report' ? kit.report.holdfast.environment : null;
		if (kit.kind === 'report' && declared !== null)
			return { kind: 'kit', variables: declared.variables, keyId: declared.keyId, instances: kit.instances, notes: kit.notes };
		const why =
			kit.kind === 'report'
				? { reason: 'The application declares no environment', enable: 'give `createHealth` the result of the kit’s `defineEnv`' }
				: { reason: kit.reason, enable: kit.enable };
		const { envFile } = context.service;
		if (envFile === undefined) return { kind: 'none', ...why };
		const file = await context.vendors.serverFiles.readEnvironmentFile(envFile, signal);
		if (file.kind === 'answer') return { kind: 'file', variables: file.value, why: why.reason, enable: why.enable };
		return { kind: 'none', reason: `${why.reason}; its environment file could not be read: ${file.reason}`, enable: why.enable };
	});
}

/** @returns the answer of a check for which no environment can be seen. */
export function describeNoEnvironment({ reason, enable }: NoEnvironment): Outcome {
	return { state: 'unknown', reason, enable };
}

/** @returns the table of the given variables: what is known of each, never a value. */
export function showVariables(variables: readonly EnvVariableReport[]): Evidence {
	const lines = variables.slice(0, 60).map(({ name, present, length, problem, required }) => {
		const state = present ? `set, ${length ?? '?'} characters` : 'not set';
		return `${name}  ${state}${required ? '' : ', optional'}${problem === null ? '' : `  ${problem}`}`;
	});
	return { title: 'Variables as the application reports them', kind: 'table', body: lines.join('\n') };
}
