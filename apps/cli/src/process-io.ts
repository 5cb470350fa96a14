import type { Io } from './io.ts';
import { reportError } from './report-error.ts';

/** The world of a real process. `drain` waits until everything written has left. */
export function createProcessIo(process: NodeJS.Process): { readonly io: Io; readonly drain: () => Promise<void> } {
	const controller = new AbortController();
	const interrupt = (): void => {
		// A second Ctrl-C means now. Files are replaced in one step, so nothing is left half written.
		if (controller.signal.aborted) process.exit(130);
		controller.abort();
	};
	process.on('SIGINT', interrupt);
	// What a supervisor sends.
	process.on('SIGTERM', interrupt);
	// A reader that goes away (`holdfast diagnose | head`) does not change how the service is: go on, keep the exit code.
	process.stdout.on('error', tellUnwritable);
	process.stderr.on('error', ignoreClosedPipe);
	const io: Io = {
		stdout: (text) => void process.stdout.write(text),
		stderr: (text) => void process.stderr.write(text),
		stdoutIsTerminal: process.stdout.isTTY === true,
		stderrIsTerminal: process.stderr.isTTY === true,
		columns: process.stdout.isTTY === true ? process.stdout.columns || 80 : 80,
		environment: { ...process.env },
		directory: process.cwd(),
		signal: controller.signal,
	};
	function tellUnwritable(error: NodeJS.ErrnoException): void {
		if (error.code === 'EPIPE') return;
		process.stderr.write(`The answer could not be written to the output: ${error.code ?? 'unknown error'}.\n`);
		process.exit(5);
	}
	const stop = (error: unknown): void => {
		process.exitCode = reportError(io, error, { json: false, debug: process.argv.includes('--debug'), colour: true });
		process.exit();
	};
	process.on('uncaughtException', stop);
	process.on('unhandledRejection', stop);
	return { io, drain: async () => void (await Promise.all([flush(process.stdout), flush(process.stderr)])) };
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
	if (error.code !== 'EPIPE') throw error;
}

function flush(stream: NodeJS.WriteStream): Promise<void> {
	return new Promise((resolve) => {
		if (stream.destroyed || stream.writableEnded) resolve();
		else stream.write('', () => resolve());
	});
}
