/** What is missing here, and how to get it: published for the command line. */
import { type DoctorLine, judgeFacts } from './doctor/judge.ts';
import { gatherFacts } from './local/gather-facts.ts';
import type { OperationContext } from './ports.ts';

export type { DoctorLine } from './doctor/judge.ts';

export interface DoctorReport {
	readonly lines: readonly DoctorLine[];
	/** Of what is needed. */
	readonly missing: number;
	readonly unknown: number;
}

/** Works without a configuration; starts nothing and writes nothing. */
export async function examine(ctx: OperationContext, input: { readonly config?: string | undefined } = {}): Promise<DoctorReport> {
	const lines = judgeFacts(await gatherFacts(ctx, input));
	return {
		lines,
		missing: lines.filter(({ state, isNeeded }) => state === 'missing' && isNeeded).length,
		unknown: lines.filter(({ state }) => state === 'unknown').length,
	};
}
