/** A probe that got no answer: what stood in the way, in which phase, and whether that says anything about the target. */
import type { Phase } from '../contract.ts';
import type { Refusal } from './target.ts';

export type PhaseName = 'dns' | 'connect' | 'tls' | 'first-byte' | 'body';

export interface ProbeFailure {
	readonly kind: 'failure';
	/** Stable: `net.refused`, `net.timeout`, `tls.expired`, `target.private`, `probe.aborted`, … */
	readonly code: string;
	readonly phase: PhaseName;
	/** One sentence. */
	readonly reason: string;
	readonly fix?: string;
	/** `unknown`: the cause lies on our side (refused by policy, own network, stopped), so nothing is said about the target. */
	readonly says: 'fail' | 'unknown';
	/** Phases that were completed, then the one in which it ended. */
	readonly phases: readonly Phase[];
	readonly durationMs: number;
}

export const phaseWords: Readonly<Record<PhaseName, string>> = {
	dns: 'resolving the name',
	connect: 'connecting',
	tls: 'the TLS handshake',
	'first-byte': 'waiting for the first byte',
	body: 'reading the body',
};

/** A target that the policy forbids: nothing was asked, so nothing is said about it. */
export function refuse({ code, reason, fix }: Refusal): ProbeFailure {
	return {
		kind: 'failure',
		code,
		reason,
		...(fix === undefined ? {} : { fix }),
		says: 'unknown',
		phase: 'connect',
		phases: [],
		durationMs: 0,
	};
}
