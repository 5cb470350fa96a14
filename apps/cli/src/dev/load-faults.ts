import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A cause in the words of the example's runbook. */
export interface ListedCause {
	/** As the benchmark's table has it: `sign-in/1`. */
	readonly ref: string;
	/** Title of its issue. */
	readonly issue: string;
	readonly issueLine: number;
	readonly text: string;
	readonly line: number;
}

/** A fault that can be made on purpose, and the causes of the runbook that it stands for, the nearest first. Empty: the runbook knows none. */
export interface ListedFault {
	readonly id: string;
	readonly title: string;
	readonly group: string;
	readonly causes: readonly ListedCause[];
}

/** What `bench/faults/dev.mjs` of a checkout offers. */
export interface FaultBench {
	readonly listFaults: () => Promise<readonly ListedFault[]>;
	/** Breaks the example that runs; without one, starts a broken deployment and keeps it until `signal` aborts or it is mended from elsewhere. */
	readonly breakWith: (
		id: string,
		options: { readonly say: (line: string) => void; readonly signal: AbortSignal; readonly config?: string | undefined },
	) => Promise<void>;
	/** One sentence on what was mended or ended. `config`: absolute path of the configuration whose deployment it is. */
	readonly mend: (options: { readonly config?: string | undefined }) => Promise<string>;
}

/** The same place seen from `apps/cli/src/dev` and from `apps/cli/dist/dev`. */
const PLACE = new URL('../../../../bench/faults/dev.mjs', import.meta.url);

/** @returns the faults of the checkout that this program runs from; null where it was installed without one. */
export async function loadFaults(place: URL = PLACE): Promise<FaultBench | null> {
	if (!existsSync(fileURLToPath(place))) return null;
	return (await import(place.href)) as FaultBench;
}
