import { describe, expect, it } from 'vitest';
import { bakeryRunbook } from '../../fixtures/bakery-runbook.ts';
import { createTestContext } from '../../fixtures/test-context.ts';
import { OperationError } from '../../operation-error.ts';
import { bindRunbook } from './bind.ts';
import { unbindRunbook } from './unbind.ts';

const file = 'RUNBOOK.md';

function world(text = bakeryRunbook) {
	return createTestContext({ files: { [file]: text } });
}

describe('bindRunbook', () => {
	it('shows and writes nothing until a certainty is accepted', async () => {
		const ctx = world();
		const report = await bindRunbook(ctx, { file });
		expect(report.outcome).toBe('shown');
		expect(report.proposals.map(({ binding }) => binding.id)).toContain('http.health');
		expect(ctx.writtenPaths).toEqual([]);
	});

	it('writes the certain ones, and nothing on a second run', async () => {
		const ctx = world();
		const first = await bindRunbook(ctx, { file, accept: 'certain' });
		expect(first.outcome).toBe('written');
		expect(first.accepted.every(({ binding }) => binding.certainty === 'certain')).toBe(true);
		const written = ctx.textOf(file);
		expect(written).toContain('<!-- check: http.health');
		expect((await bindRunbook(ctx, { file, accept: 'certain' })).outcome).toBe('unchanged');
		expect(ctx.textOf(file)).toBe(written);
		expect(ctx.writtenPaths).toHaveLength(1);
	});

	it('is undone by unbind, byte for byte', async () => {
		const ctx = world();
		await bindRunbook(ctx, { file, accept: 'guess' });
		expect(ctx.textOf(file)).not.toBe(bakeryRunbook);
		expect(await unbindRunbook(ctx, { file })).toMatchObject({ outcome: 'written' });
		expect(ctx.textOf(file)).toBe(bakeryRunbook);
		expect(await unbindRunbook(ctx, { file })).toMatchObject({ outcome: 'unchanged', removedBytes: 0 });
	});

	it('writes nothing with dryRun', async () => {
		const ctx = world();
		expect((await bindRunbook(ctx, { file, accept: 'certain', dryRun: true })).outcome).toBe('dry-run');
		expect(ctx.writtenPaths).toEqual([]);
	});

	it('keeps the document as it is when a sidecar is named, and adds to that on a second run only what is new', async () => {
		const ctx = world();
		const input = { file, sidecar: 'bindings.yaml', accept: 'certain' } as const;
		expect((await bindRunbook(ctx, input)).outcome).toBe('written');
		expect(ctx.textOf(file)).toBe(bakeryRunbook);
		expect(ctx.textOf('bindings.yaml')).toContain('http.health');
		expect((await bindRunbook(ctx, input)).outcome).toBe('unchanged');
		expect((await bindRunbook(ctx, { ...input, accept: 'guess' })).outcome).toBe('written');
		expect(ctx.writtenPaths).toHaveLength(2);
	});

	it('refuses a document with wrong directives, with all problems, and writes nothing', async () => {
		const ctx = world(
			bakeryRunbook
				.replace('- Timeout errors', '- Timeout errors <!-- check: http.latencyy -->')
				.replace('- Redirect loops', '- Redirect loops <!-- check: http.redirects max=many -->'),
		);
		const error: unknown = await bindRunbook(ctx, { file, accept: 'certain' }).catch((thrown: unknown) => thrown);
		if (!(error instanceof OperationError)) throw new Error(`expected a refusal, got ${String(error)}`);
		expect(error.code).toBe('invalid');
		expect(error.problems.length).toBeGreaterThanOrEqual(2);
		expect(error.problems[0]).toMatchObject({ file, line: 11, hint: 'Did you mean http.latency?' });
		expect(ctx.writtenPaths).toEqual([]);
	});

	it('writes nothing when somebody else changes the document meanwhile', async () => {
		const ctx = world();
		const racing = {
			...ctx,
			files: {
				...ctx.files,
				read: async (path: string, limitBytes: number) => {
					const reading = await ctx.files.read(path, limitBytes);
					ctx.put(file, `${bakeryRunbook}\nOne more line.\n`);
					return reading;
				},
			},
		};
		await expect(bindRunbook(racing, { file, accept: 'certain' })).rejects.toMatchObject({ code: 'conflict' });
		expect(ctx.textOf(file)).toBe(`${bakeryRunbook}\nOne more line.\n`);
	});
});
