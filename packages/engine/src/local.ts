/** Composition for use without a server: this machine's files, clock and environment, and the vendors' real endpoints. */
import { createLocalKeys } from './evidence/local-keys.ts';
import { createLocalFiles } from './files/local-files.ts';
import { createLocalHistory } from './history/local-history.ts';
import { createStoredTrend } from './local/stored-trend.ts';
import type { OperationContext } from './ports.ts';

export interface LocalContextOptions {
	/** Folder that relative paths start from. */
	readonly directory: string;
	/** The variables of the process, read once at start. */
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly signal: AbortSignal;
}

export function createLocalContext({ directory, environment, signal }: LocalContextOptions): OperationContext {
	const ctx: OperationContext = {
		directory,
		signal,
		files: createLocalFiles(),
		clock: { now: () => Date.now() },
		environment: { read: (name) => environment[name] },
		history: createLocalHistory({ now: () => Date.now() }),
		keys: createLocalKeys(),
		trends: (place) => createStoredTrend(ctx, place),
		// Loaded on first use: reading a document asks no vendor and should not wait for their code.
		vendors: async () => {
			const [{ createVendorPorts }, { withBuiltinSentry, useStored }] = await Promise.all([
				import('@holdfast/providers/registry'),
				import('./local/with-builtin-sentry.ts'),
			]);
			return withBuiltinSentry(createVendorPorts({ environment }), useStored(ctx));
		},
	};
	return ctx;
}
