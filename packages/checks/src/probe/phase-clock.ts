/** Times the phases of a connection; the current one is where a hang hangs. */
import type { Phase } from '../contract.ts';
import type { PhaseName } from './failure.ts';

export interface PhaseClock {
	/** Ends the current phase and begins the next. */
	enter(phase: PhaseName): void;
	current(): PhaseName;
	elapsedMs(): number;
	/** Ends the last phase, once. @returns all phases in order. */
	stop(): readonly Phase[];
}

/** @param first `connect` for a literal address, which is not resolved; else `dns`. */
export function createPhaseClock(first: 'dns' | 'connect'): PhaseClock {
	const startedAt = performance.now();
	const phases: Phase[] = [];
	let phase: PhaseName = first;
	let phaseStartedAt = startedAt;
	let ended = false;
	const close = (): void => {
		const now = performance.now();
		phases.push({ name: phase, durationMs: round(now - phaseStartedAt) });
		phaseStartedAt = now;
	};
	return {
		enter: (next) => {
			if (ended) return;
			close();
			phase = next;
		},
		current: () => phase,
		elapsedMs: () => round(performance.now() - startedAt),
		stop: () => {
			if (!ended) close();
			ended = true;
			return phases;
		},
	};
}

function round(durationMs: number): number {
	return Math.round(durationMs * 10) / 10;
}
