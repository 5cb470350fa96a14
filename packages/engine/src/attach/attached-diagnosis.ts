/** A diagnosis as an incident keeps it: what was judged, by which answers; evidence of what is well is left out. */
import type { CheckRequest, Observation } from '@holdfast/checks/contract';
import type { Diagnosis } from '@holdfast/checks/diagnosis';
import { storable } from '../observe/sample.ts';

export interface AttachedDiagnosis extends Omit<Diagnosis, 'asked' | 'service'> {
	/** Path of the runbook; null: there is none. */
	readonly runbook: string | null;
}

/** Questions of failing monitors of a service in, a verdict out. Answers are masked. May reject; is given up when it takes too long. */
export type DiagnoseService = (
	service: string,
	options: { readonly requests: readonly CheckRequest[]; readonly signal: AbortSignal },
) => Promise<AttachedDiagnosis>;

/** What a diagnosis confirmed, as each new failure is compared with it. */
export interface ConfirmedCause {
	/** The question that shows it. */
	readonly key: string;
	readonly message: string;
	/** Questions whose failure it explained. */
	readonly keys: readonly string[];
	/** Without evidence; null: it was not among the answers. */
	readonly observation: Observation | null;
}

const LARGEST = 512 * 1024;

/** As JSON text for the row. Nothing that a database refuses, and no more than half a megabyte: then evidence goes first. */
export function writeDiagnosis(diagnosis: AttachedDiagnosis): string {
	const shorten = (one: Observation): Observation => ({ ...one, evidence: one.state === 'fail' ? one.evidence : [], attachments: [] });
	const whole = write({ ...diagnosis, observations: diagnosis.observations.map(shorten) });
	if (whole.length <= LARGEST) return whole;
	return write({ ...diagnosis, observations: diagnosis.observations.map(bare) });
}

export function writeCause(cause: ConfirmedCause): string {
	return write(cause);
}

export function bare(observation: Observation): Observation {
	return { ...observation, evidence: [], attachments: [], facts: [], measurements: [], phases: [] };
}

function write(value: unknown): string {
	return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? storable(inner) : inner));
}
