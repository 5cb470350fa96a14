import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { createProcessIo } from './process-io.ts';
import { createProgram } from './program.ts';
import { reportError } from './report-error.ts';
import type { FinishOptions } from './session.ts';
import { makePrintable } from './terminal/printable.ts';
import { formatJson } from './terminal/safe-json.ts';
import { describeUsageError } from './usage-error.ts';

/** Runs the command line once. @param argv Arguments after the program's name. @returns the exit code; never throws. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
	let code: ExitCode = 0;
	let isStopExpected = false;
	const finish = (ended: ExitCode, { afterStop = false }: FinishOptions = {}): void => {
		code = ended;
		isStopExpected = afterStop;
	};
	const wants = (option: string): boolean => argv.includes(option);
	try {
		const program = createProgram({ io, finish }, readVersion());
		if (argv.length === 0) {
			// Nothing was asked: data there is none, so the overview goes to stderr.
			program.configureOutput({ writeErr: io.stderr }).outputHelp({ error: true });
			return 2;
		}
		try {
			await program.parseAsync(argv, { from: 'user' });
		} catch (error) {
			if (!(error instanceof CommanderError)) throw error;
			if (error.exitCode === 0) return 0;
			const { message, hint } = describeUsageError(error, argv, program);
			if (wants('--json')) io.stdout(formatJson({ error: { code: 'invalid', message, hint, problems: [] } }));
			io.stderr(`${makePrintable(`${message}\n${hint}`)}\n`);
			return 2;
		}
		return io.signal.aborted && !isStopExpected ? 130 : code;
	} catch (error) {
		return reportError(io, error, { json: wants('--json'), debug: wants('--debug'), colour: !wants('--no-color') });
	}
}

/** Entry of `bin/holdfast.js`: the one place that knows the process. */
export async function main(process: NodeJS.Process): Promise<void> {
	const { io, drain } = createProcessIo(process);
	process.exitCode = await run(process.argv.slice(2), io);
	await drain();
	// Sockets of a service that hangs must not keep a finished program waiting.
	process.exit();
}

function readVersion(): string {
	const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
	return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : 'unknown';
}
