import { createHash } from 'node:crypto';
import type { OperationError, OperationErrorCode } from '@holdfast/engine/operations';
import type { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { endSentence, renderProblems } from './render/problems.ts';
import { stderrLayout } from './session.ts';
import { makePrintable } from './terminal/printable.ts';
import { formatJson } from './terminal/safe-json.ts';
import { wrapText } from './terminal/wrap.ts';

const exitOf: Readonly<Record<OperationErrorCode, ExitCode>> = {
	not_found: 2,
	invalid: 2,
	limit: 2,
	forbidden: 4,
	conflict: 4,
	precondition: 4,
};

export interface ReportOptions {
	readonly json: boolean;
	readonly debug: boolean;
	readonly colour: boolean;
}

/** The one mapper from errors to words and exit codes. A stack is shown only to who asks for it with `--debug`. */
export function reportError(io: Io, error: unknown, options: ReportOptions): ExitCode {
	if (io.signal.aborted) {
		if (options.json) io.stdout(formatJson({ interrupted: true }));
		io.stderr('Stopped. Nothing was left half done.\n');
		return 130;
	}
	if (isOperationError(error)) return reportRefusal(io, error, options);
	const reference = referenceOf(error);
	if (options.json) io.stdout(formatJson({ error: { code: 'internal', reference } }));
	io.stderr(`Something in Holdfast itself went wrong (reference ${reference}); whether your service is well is not known.\n`);
	io.stderr(options.debug ? `${makePrintable(stackOf(error))}\n` : 'Run the same command with --debug for the details to report.\n');
	return 5;
}

function reportRefusal(io: Io, error: OperationError, options: ReportOptions): ExitCode {
	const { code, message, hint, problems } = error;
	if (options.json) io.stdout(formatJson({ error: { code, message, hint, problems } }));
	const layout = stderrLayout(io, options.colour);
	const sentence = hint === null ? message : `${endSentence(message)} ${hint}`;
	const lines = [...renderProblems(problems, layout), ...wrapText(makePrintable(sentence), layout.columns)];
	io.stderr(`${lines.join('\n')}\n`);
	if (options.debug && error.cause !== undefined) io.stderr(`${makePrintable(stackOf(error.cause))}\n`);
	return exitOf[code];
}

/** By name and shape: the class lives in a module that is loaded only when a command needs it. */
function isOperationError(error: unknown): error is OperationError {
	return error instanceof Error && error.name === 'OperationError' && 'code' in error && 'problems' in error;
}

/** The same fault has the same reference on every run, so that reports of it can be put together. */
function referenceOf(error: unknown): string {
	const [, frame = ''] = stackOf(error)
		.split('\n')
		.filter((line) => /^\s+at /.test(line) || !line.includes('/'));
	const subject = error instanceof Error ? `${error.name} ${error.message} ${frame.replace(/\(.*\//, '(')}` : String(error);
	return createHash('sha256').update(subject).digest('hex').slice(0, 8);
}

function stackOf(error: unknown): string {
	return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}
