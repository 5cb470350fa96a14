import { OperationError } from '@holdfast/engine/operations';
import { describe, expect, it } from 'vitest';
import { createTestIo } from './fixtures/test-io.ts';
import { reportError } from './report-error.ts';

const quiet = { json: false, debug: false, colour: false };

describe('reportError', () => {
	it('shows every problem with its place, then the sentence', () => {
		const io = createTestIo();
		const problems = [
			{ file: 'RUNBOOK.md', line: 67, column: 64, message: 'check env.secrets: no such check', hint: 'Did you mean env.secret?' },
			{ file: 'RUNBOOK.md', line: 67, column: 76, message: 'min=abc: expected a whole number of characters, for example min=32', hint: '' },
		];
		expect(reportError(io, new OperationError('invalid', '2 problems, nothing written.', { problems }), quiet)).toBe(2);
		expect(io.err()).toMatchInlineSnapshot(`
			"RUNBOOK.md:67:64  check env.secrets: no such check. Did you mean env.secret?
			RUNBOOK.md:67:76  min=abc: expected a whole number of characters, for example
			                  min=32
			2 problems, nothing written.
			"
		`);
	});

	it.each([
		['not_found', 2],
		['invalid', 2],
		['limit', 2],
		['forbidden', 4],
		['conflict', 4],
		['precondition', 4],
	] as const)('%s is exit %i', (code, exit) => {
		expect(reportError(createTestIo(), new OperationError(code, 'no'), quiet)).toBe(exit);
	});

	it('gives a machine the same as data', () => {
		const io = createTestIo();
		reportError(io, new OperationError('not_found', 'RUNBOK.md: no such file', { hint: 'Did you mean RUNBOOK.md?' }), {
			...quiet,
			json: true,
		});
		expect(JSON.parse(io.out())).toEqual({
			error: { code: 'not_found', message: 'RUNBOK.md: no such file', hint: 'Did you mean RUNBOOK.md?', problems: [] },
		});
	});

	it('shows no stack and no message of an unknown error, but the same reference each time', () => {
		const fault = new TypeError('cannot read token hunter2');
		const [first, second] = [createTestIo(), createTestIo()];
		expect(reportError(first, fault, quiet)).toBe(5);
		reportError(second, fault, quiet);
		expect(first.err()).toMatch(/^Something in Holdfast itself went wrong \(reference [0-9a-f]{8}\)/);
		expect(first.err()).not.toMatch(/hunter2|at .*report-error/);
		expect(second.err()).toBe(first.err());
	});

	it('shows the stack to who asks for it', () => {
		const io = createTestIo();
		reportError(io, new TypeError('cannot read'), { ...quiet, debug: true });
		expect(io.err()).toMatch(/TypeError: cannot read[\s\S]*at /);
	});

	it('calls an interruption one', () => {
		const io = createTestIo();
		io.interrupt();
		expect(reportError(io, new Error('aborted'), quiet)).toBe(130);
		expect(io.err()).toBe('Stopped. Nothing was left half done.\n');
	});
});
