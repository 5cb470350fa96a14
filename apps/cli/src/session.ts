import type { OperationContext } from '@holdfast/engine/operations';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { formatJson } from './terminal/safe-json.ts';
import { createStyle, type Style, wantsColour } from './terminal/style.ts';

/** Options that every command takes. */
export interface GlobalOptions {
	readonly json?: boolean;
	readonly config?: string;
	readonly service?: string;
	/** False after `--no-color`. */
	readonly color?: boolean;
	readonly strict?: boolean;
	readonly debug?: boolean;
}

/** How wide and in which colours to write. */
export interface Layout {
	readonly columns: number;
	readonly style: Style;
}

/** One run of the program: commands write through it and say how it ended. */
export interface Session {
	readonly io: Io;
	readonly finish: (code: ExitCode, options?: FinishOptions) => void;
}

export interface FinishOptions {
	/** Being stopped is how it ends: the code stands also after Ctrl-C. */
	readonly afterStop?: boolean;
}

/** Operations and the context they run in: loaded when a command needs them, so that `--version` need not wait for them. */
export async function openEngine(
	io: Io,
): Promise<{ readonly ctx: OperationContext; readonly operations: typeof import('@holdfast/engine/operations') }> {
	const [operations, { createLocalContext }] = await Promise.all([import('@holdfast/engine/operations'), import('@holdfast/engine/local')]);
	return { operations, ctx: createLocalContext({ directory: io.directory, environment: io.environment, signal: io.signal }) };
}

/** For what goes to stdout; wider than 120 columns is hard to read. */
export function layoutOf(io: Io, options: GlobalOptions): Layout {
	return { columns: readableWidth(io), style: createStyle(wantsColour(io.stdoutIsTerminal, io.environment, options.color !== false)) };
}

/** For words on stderr. */
export function stderrLayout(io: Io, colour: boolean): Layout {
	return { columns: readableWidth(io), style: createStyle(wantsColour(io.stderrIsTerminal, io.environment, colour)) };
}

/** Data as JSON, or words for a person. */
export function present(session: Session, options: GlobalOptions, data: unknown, words: (layout: Layout) => readonly string[]): void {
	if (options.json === true) session.io.stdout(formatJson(data));
	else session.io.stdout(`${words(layoutOf(session.io, options)).join('\n')}\n`);
}

function readableWidth(io: Io): number {
	return Math.max(40, Math.min(120, io.columns));
}
