import type { Observation } from '@holdfast/engine/operations';
import type { ExitCode } from './exit-code.ts';
import type { GlobalOptions, Session } from './session.ts';
import { formatCount, formatDuration } from './terminal/format-duration.ts';
import { formatJson } from './terminal/safe-json.ts';

export interface Interrupted {
	/** What had answered before Ctrl-C. */
	readonly answered: readonly Observation[];
	/** How many would have. */
	readonly askedCount: number;
	readonly durationMs: number;
}

/** After Ctrl-C: how far it came, and no verdict. What was not asked is not well. */
export function tellInterrupted({ io }: Session, options: GlobalOptions, { answered, askedCount, durationMs }: Interrupted): ExitCode {
	if (options.json === true) io.stdout(formatJson({ interrupted: true, durationMs, askedCount, observations: answered }));
	io.stderr(`Stopped after ${formatDuration(durationMs)}: ${answered.length} of ${formatCount(askedCount, 'check')} had answered.\n`);
	return 130;
}
