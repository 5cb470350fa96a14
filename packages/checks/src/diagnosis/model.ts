/** What a diagnosis says. Pure values; the reasoning beside this file makes them from observations. */
import type { Observation } from '../contract.ts';
import type { Layer } from './layers.ts';

/** A change of a fact that the history has seen: the engine reads it from the HistoryReader, the diagnosis judges it. */
export interface FactChange {
	/** As the fact is called: `release`, `env:SESSION_SECRET`, `convex:push`. */
	readonly name: string;
	/** ISO 8601, UTC: when the new value was first seen. */
	readonly at: string;
	/** Values as the history has them, never a secret: a commit, a keyed fingerprint. Absent: not seen before. */
	readonly from?: string;
	readonly to?: string;
}

export type CauseVerdict = 'confirmed' | 'ruled-out' | 'could-not-tell';

/** One cause of a runbook issue, judged. */
export interface JudgedCause {
	/** The runbook's words. */
	readonly text: string;
	readonly line: number;
	readonly address: string;
	readonly verdict: CauseVerdict;
	/** One sentence: what confirmed it, what ruled it out, or why it could not be told. */
	readonly reason: string;
	/** With could-not-tell: what would make it known. */
	readonly enable: string | null;
	/** Keys of the observations it was judged by. */
	readonly observations: readonly string[];
	/** What changed before it went wrong and may have brought it about, newest first (rule G25). Absent: nothing known. */
	readonly changes?: readonly FactChange[];
}

/** Something that is wrong at the root: a failing check that no failing prerequisite explains. */
export interface RootCause {
	/** One sentence, the best finding's message. */
	readonly message: string;
	/** Stable code of that finding, or the check's id. */
	readonly code: string;
	readonly fix: string | null;
	/** Key of the observation that shows it. */
	readonly observation: string;
	/** Keys of failing observations that are its echoes. */
	readonly echoes: readonly string[];
	/** Where it lies, from the network inwards; roots are ranked by it. */
	readonly layer: Layer;
	/** The runbook's causes that it confirms, the one whose words name it first (rule G24); empty when the runbook does not know it. */
	readonly causes: readonly { readonly issue: string; readonly text: string; readonly line: number }[];
	/** What changed before it went wrong and may have brought it about, newest first (rule G25). Absent: nothing known. */
	readonly changes?: readonly FactChange[];
}

/** Where to go on in the runbook. */
export interface NextStep {
	readonly line: number;
	readonly text: string;
	readonly fix: string | null;
	/** Why this step and no other, in a few words. */
	readonly why: string;
}

/** Something to improve that is no root of a failure: a warning, or a failing check of advice grade (caching, security headers). */
export interface Advice {
	readonly message: string;
	readonly code: string;
	readonly fix: string | null;
	/** Key of the observation that says it. */
	readonly observation: string;
}

export interface IssueDiagnosis {
	readonly title: string;
	readonly line: number;
	readonly address: string;
	/**
	 * `failing`: a check of it fails and was not merely kept from looking; `warning`: nothing failing, something warns;
	 * `well`: at least one check ok, none failing; `unknown`: no check could tell (rule G16).
	 */
	readonly state: 'failing' | 'warning' | 'well' | 'unknown';
	readonly symptoms: readonly {
		readonly text: string;
		readonly line: number;
		readonly verdict: 'seen' | 'not-seen' | 'could-not-tell';
		readonly reason: string;
		readonly observations: readonly string[];
	}[];
	/** Ranked: confirmed first, then could-not-tell, then ruled out. */
	readonly causes: readonly JudgedCause[];
	readonly next: NextStep | null;
}

export interface Diagnosis {
	readonly service: string;
	/** What was asked, and what it was taken for. */
	readonly asked: { readonly text: string; readonly matched: string; readonly line: number; readonly score: number } | null;
	readonly issues: readonly IssueDiagnosis[];
	/** Ranked, most certain first; echoes are not in it. */
	readonly roots: readonly RootCause[];
	/** Apart from the roots: what warns or is advice only. */
	readonly advice: readonly Advice[];
	readonly observations: readonly Observation[];
	/** All changes since the last good answer, newest first, whether or not one of the causes is theirs. Absent: none, or no history. */
	readonly changes?: readonly FactChange[];
	readonly startedAt: string;
	readonly durationMs: number;
}
