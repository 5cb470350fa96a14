/** How the engine asks what is wrong with a service; the implementation knows runbooks, targets and vendors. */
import type { Observation } from '@holdfast/checks/contract';
import type { DiagnosedRoot } from './decide.ts';

export interface DiagnosisRequest {
	readonly service: string;
	/** Failing questions: asked besides what the runbook's issues are bound to. */
	readonly failing: readonly { readonly id: string; readonly params: Readonly<Record<string, string | number | boolean>> }[];
	readonly signal: AbortSignal;
}

/** A root with what a person wants to know of it. */
export interface ToldRoot extends DiagnosedRoot {
	readonly fix: string | null;
	/** What the runbook calls it; null: it does not know it. */
	readonly cause: { readonly issue: string; readonly text: string; readonly line: number } | null;
	/** The answer that shows it, without evidence: later failures are compared with it. Absent: kept by an earlier release. */
	readonly shown?: Observation;
	/** A line for each check that shows it. */
	readonly proof: readonly string[];
	/** What changed before, in words. */
	readonly changes: readonly string[];
}

/** What is kept with the incident. */
export interface StoredDiagnosis {
	/** ISO 8601 */
	readonly at: string;
	readonly runbook: string;
	readonly durationMs: number;
	/** How many checks were asked, and how many of them could not tell. */
	readonly asked: number;
	readonly unknown: number;
	/** The root that the incident is about first. */
	readonly roots: readonly ToldRoot[];
	/** Where to go on in the runbook. */
	readonly next: readonly { readonly line: number; readonly text: string; readonly fix: string | null }[];
}

export type Diagnose = (request: DiagnosisRequest) => Promise<StoredDiagnosis>;
