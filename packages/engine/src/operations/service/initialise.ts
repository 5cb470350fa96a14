import { resolve } from 'node:path';
import { writeText } from '../../files/write-text.ts';
import { OperationError, type SourceProblem } from '../../operation-error.ts';
import type { OperationContext } from '../../ports.ts';
import { bindRunbook } from '../runbook/bind.ts';
import type { ServiceProposal } from './propose.ts';

export interface InitialisedService {
	/** From the working directory. */
	readonly config: string;
	/** From the working directory. */
	readonly runbook: string;
	readonly boundLines: number;
	/** Why the bindings could not be written, where they could not; the configuration stands. */
	readonly problems: readonly SourceProblem[];
}

/**
 * Writes what `proposeService` proposed: a new holdfast.yaml, then the certain bindings into the runbook.
 * A runbook that may not be written does not undo the configuration: the diagnosis needs no written bindings.
 * @throws OperationError `conflict` when a holdfast.yaml has come into being meanwhile: nothing is written then.
 */
export async function initialiseService(ctx: OperationContext, proposal: ServiceProposal): Promise<InitialisedService> {
	const { config, runbook } = proposal;
	const { readConfig } = await import('../../config/read-config.ts');
	const reading = readConfig(proposal.configText, { file: config });
	if (!reading.ok)
		throw new OperationError('invalid', 'the proposed configuration is not valid: nothing was written', { problems: reading.problems });
	await writeText(ctx, proposal.configPath, proposal.configText, null);
	try {
		const bound = await bindRunbook(ctx, { file: resolve(ctx.directory, proposal.runbook), accept: 'certain' });
		return { config, runbook, boundLines: bound.outcome === 'written' ? bound.accepted.length : 0, problems: [] };
	} catch (error) {
		if (!(error instanceof OperationError)) throw error;
		const hint = error.hint ?? 'holdfast runbook bind --accept certain --sidecar bindings.yaml keeps the document as it is.';
		return { config, runbook, boundLines: 0, problems: [{ file: null, line: null, column: null, message: error.message, hint }] };
	}
}
