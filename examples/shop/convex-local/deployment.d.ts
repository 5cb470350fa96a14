/** A deployment: its parts by name. */

import type { AsyncLocalStorage } from 'node:async_hooks';
import type { JSONValue } from 'convex/values';
import type { Archive } from './archive/archive.d.ts';
import type { Database, Settings } from './data/data.d.ts';
import type { EngineTest } from './engine/engine.d.ts';
import type { LoadedFunctions } from './engine/loaded-functions.d.ts';
import type {
	Answer,
	Execution,
	FunctionCall,
	FunctionLog,
	Origin,
	Permits,
	QueryCache,
	StateSwitch,
	UsageMeter,
} from './functions/functions.d.ts';

export interface Deployment extends LoadedFunctions {
	readonly name: string;
	readonly version: string;
	url: string;
	siteUrl: string;
	/** Clients see that a function failed, and not with what words. */
	readonly redact: boolean;
	readonly isAdminKey: (given: string) => boolean;
	/** Variables of the functions, read live. */
	readonly environment: Settings<Record<string, string>>;
	readonly state: StateSwitch;
	readonly usage: UsageMeter;
	readonly database: Database;
	readonly log: FunctionLog;
	readonly cache: QueryCache;
	readonly permits: Permits;
	readonly archive: Archive;
	readonly test: EngineTest;
	/** Where the call that is being made comes from. */
	readonly origins: AsyncLocalStorage<Origin | undefined>;
	/** The function that is running. */
	readonly executions: AsyncLocalStorage<Execution | undefined>;
	/** Runs work where the engine finds its data. */
	readonly inWorld: <R>(work: () => R) => R;
	/** A time that no earlier caller was given, in microseconds. */
	readonly tick: () => number;
	/** Told after each commit and each change of state or environment. */
	readonly subscribers: Set<() => void>;
	readonly announce: () => void;
	readonly call: (call: FunctionCall) => Promise<Answer>;
	/** A line for whoever runs the process. */
	readonly report: (line: object) => void;
	readonly audit: (action: string, metadata: Record<string, JSONValue>) => Promise<void>;
}
