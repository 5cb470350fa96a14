import type { Observation } from '@holdfast/checks/contract';
import type { MonitorRow } from './queries.ts';
import type { Sample } from './sample.ts';

/** A stored answer in the form in which checks give it, as far as it was stored: enough to compare it with a cause. */
export function answerOfSample({ at, state, reason, durationMs, detail }: Sample, { checkId, key, params }: MonitorRow): Observation {
	// Written by `sampleOf`; what is not there was not stored.
	const told = (detail === null ? {} : JSON.parse(detail)) as Partial<Pick<Observation, 'subject' | 'findings' | 'echoOf'>>;
	return {
		check: checkId,
		key,
		params,
		state,
		reason,
		enable: null,
		applicable: true,
		findings: told.findings ?? [],
		evidence: [],
		measurements: [],
		phases: [],
		attachments: [],
		facts: [],
		subject: told.subject ?? '',
		startedAt: new Date(at).toISOString(),
		durationMs,
		// What it echoes is not at hand here; the incident of its prerequisite was looked for before.
		echoOf: null,
	};
}
