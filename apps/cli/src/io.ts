/** The world as the command line sees it. Tests hand in their own. */
export interface Io {
	/** Data: what was asked for. */
	readonly stdout: (text: string) => void;
	/** Words about it: warnings, progress, errors. */
	readonly stderr: (text: string) => void;
	readonly stdoutIsTerminal: boolean;
	readonly stderrIsTerminal: boolean;
	/** Columns of the terminal; 80 where there is none. */
	readonly columns: number;
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Working directory. */
	readonly directory: string;
	/** Aborted by Ctrl-C. */
	readonly signal: AbortSignal;
}
