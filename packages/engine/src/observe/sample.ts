/** One answer to a monitor's question, as it is stored. */
import type { Observation, State } from '@holdfast/checks/contract';

export interface Sample {
	readonly monitorId: number;
	/** When the check began, by the clock of the database. */
	readonly at: number;
	readonly state: State;
	readonly durationMs: number;
	readonly reason: string;
	/** JSON text; null where the state says enough. */
	readonly detail: string | null;
	/** The prerequisite that failed in the same run and explains this; null: it stands for itself. */
	readonly cause: { readonly key: string; readonly title: string } | null;
	/** False: the question makes no sense for this service. Absent: it does. */
	readonly applies?: boolean;
	/** True: the host was not reached at all. A refused connection is an answer. */
	readonly isUnreached?: boolean;
}

const STATE_CODES: Readonly<Record<State, number>> = { ok: 0, warn: 1, fail: 2, unknown: 3 };
const STATES: readonly State[] = ['ok', 'warn', 'fail', 'unknown'];
const LONGEST_REASON = 500;
/** Evidence beyond this is in the diagnosis of the incident, not in every sample. */
const LARGEST_DETAIL = 16_384;

export function codeOf(state: State): number {
	return STATE_CODES[state];
}

export function stateOf(code: number): State {
	return STATES[code] ?? 'unknown';
}

export function sampleOf(observation: Observation, { monitorId, at, cause }: Pick<Sample, 'monitorId' | 'at' | 'cause'>): Sample {
	return {
		monitorId,
		at,
		state: observation.state,
		durationMs: Math.max(0, observation.durationMs),
		reason: storable(observation.reason).slice(0, LONGEST_REASON),
		detail: observation.state === 'ok' ? null : detailOf(observation),
		cause,
		applies: observation.applicable !== false,
		isUnreached: isUnreached(observation),
	};
}

/** An answer that never came, or a question that could not be asked. */
export function unansweredSample(monitorId: number, at: number, { reason, durationMs }: { reason: string; durationMs: number }): Sample {
	return { monitorId, at, state: 'unknown', durationMs, reason: storable(reason).slice(0, LONGEST_REASON), detail: null, cause: null };
}

/** Codes of `checks/src/probe/translate-error.ts` by which nothing of the host was seen. */
const UNREACHED = /^net\.(?:name-not-found|resolver|no-route|unreachable|timeout\.(?:dns|connect))$/;

function isUnreached({ state, findings, echoOf }: Observation): boolean {
	if (state === 'ok' || state === 'warn') return false;
	return /^net\.(?:dns|tcp)\b/.test(echoOf ?? '') || findings.some(({ code }) => UNREACHED.test(code));
}

/** Who reaches nothing says nothing of others. */
export function cutOffSample(sample: Sample): Sample {
	if (sample.state === 'ok') return sample;
	return {
		...sample,
		state: 'unknown',
		reason: `Holdfast itself reaches nothing outside; it saw: ${sample.reason}`.slice(0, LONGEST_REASON),
	};
}

function detailOf({ subject, findings, measurements, evidence, enable, echoOf, phases }: Observation): string {
	const told = { subject, findings, measurements, phases, enable, echoOf };
	const whole = writeJson({ ...told, evidence });
	return whole.length <= LARGEST_DETAIL ? whole : writeJson({ subject, findings: findings.slice(0, 20), enable, echoOf, truncated: true });
}

function writeJson(value: unknown): string {
	return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? storable(inner) : inner));
}

/** PostgreSQL takes no zero character in text and no half of a surrogate pair in JSON. */
function storable(text: string): string {
	return text.replace(/\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}
