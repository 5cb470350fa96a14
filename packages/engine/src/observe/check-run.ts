import type { Observation } from '@holdfast/checks/contract';

/** Questions of one service that are asked at the same time: a fact that several of them need is measured once. */
export interface CheckRun {
	readonly service: string;
	readonly requests: readonly {
		readonly key: string;
		readonly id: string;
		readonly params: Readonly<Record<string, string | number | boolean>>;
	}[];
	readonly overallMs: number;
	readonly signal: AbortSignal;
	/** Each answer as it comes. */
	readonly onObservation: (observation: Observation) => void;
}

/** @returns all answers, with what explains what; masked. */
export type RunChecks = (run: CheckRun) => Promise<readonly Observation[]>;
