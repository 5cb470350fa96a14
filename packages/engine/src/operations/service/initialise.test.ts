import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../config/read-config.ts';
import { bakeryRunbook } from '../../fixtures/bakery-runbook.ts';
import { type Application, findClosedUrl, startApplication } from '../../fixtures/start-application.ts';
import { createTestContext, type TestContext } from '../../fixtures/test-context.ts';
import type { WriteOptions } from '../../ports.ts';
import { initialiseService } from './initialise.ts';
import { proposeService } from './propose.ts';

let application: Application | null = null;
afterEach(async () => {
	await application?.close();
	application = null;
});

function world(files: Record<string, string> = { 'RUNBOOK.md': bakeryRunbook, 'package.json': '{"name":"@ovens/bakery"}' }): TestContext {
	return createTestContext({ files, now: Date.now });
}

describe('proposeService and initialiseService', () => {
	it('go from a document and a URL to a configuration and a bound document', async () => {
		application = await startApplication();
		const ctx = world();
		const proposal = await proposeService(ctx, { url: application.url });
		expect(proposal).toMatchObject({
			name: 'bakery-local',
			private: true,
			runbook: 'RUNBOOK.md',
			probe: { reachable: true, healthPath: '/api/health' },
		});
		expect(proposal.placeholderHosts).toEqual(['your-domain.com']);
		expect(ctx.writtenPaths).toEqual([]);

		const written = await initialiseService(ctx, proposal);
		expect(written).toMatchObject({ config: 'holdfast.yaml', problems: [] });
		expect(written.boundLines).toBe(proposal.bindings.length);
		expect(readConfig(ctx.textOf('holdfast.yaml') ?? '', { file: 'holdfast.yaml' })).toMatchObject({
			ok: true,
			config: { services: { 'bakery-local': { url: application.url, runbook: 'RUNBOOK.md', private: true } } },
		});
		expect(ctx.textOf('RUNBOOK.md')).toContain('<!-- check: http.health');
	});

	it('say that the application does not answer, and still propose', async () => {
		const proposal = await proposeService(world(), { url: await findClosedUrl() });
		expect(proposal.probe).toMatchObject({ reachable: false, healthPath: null });
		expect(proposal.probe.reason).toContain('refused');
		expect(proposal.bindings.length).toBeGreaterThan(0);
	});

	it('do not open this machine because a document names it', async () => {
		const files = { 'RUNBOOK.md': `${bakeryRunbook}\n## Useful Links\n\n- **Production**: http://127.0.0.1:3777\n` };
		await expect(proposeService(world(files), {})).rejects.toMatchObject({
			message: 'RUNBOOK.md names http://127.0.0.1:3777',
			hint: 'If that is meant: holdfast init RUNBOOK.md http://127.0.0.1:3777',
		});
	});

	it('refuse to overwrite a configuration', async () => {
		const ctx = world({ 'RUNBOOK.md': bakeryRunbook, 'holdfast.yaml': 'mine' });
		await expect(proposeService(ctx, { url: 'http://localhost:1' })).rejects.toMatchObject({ code: 'conflict' });
		expect(ctx.textOf('holdfast.yaml')).toBe('mine');
	});

	it('refuse to overwrite one that has come into being meanwhile, before the runbook is touched', async () => {
		const ctx = world();
		const proposal = await proposeService(ctx, { url: await findClosedUrl() });
		ctx.put('holdfast.yaml', 'mine');
		await expect(initialiseService(ctx, proposal)).rejects.toMatchObject({ code: 'conflict' });
		expect(ctx.textOf('RUNBOOK.md')).toBe(bakeryRunbook);
	});

	it('keep the configuration when the runbook may not be written', async () => {
		const ctx = world();
		const proposal = await proposeService(ctx, { url: await findClosedUrl() });
		const files = {
			...ctx.files,
			write: async (path: string, bytes: Uint8Array, options: WriteOptions) =>
				path.endsWith('.md')
					? ({ kind: 'forbidden', reason: 'this account may not write there' } as const)
					: ctx.files.write(path, bytes, options),
		};
		const written = await initialiseService({ ...ctx, files }, proposal);
		expect(written.boundLines).toBe(0);
		expect(written.problems[0]?.message).toContain('could not be written');
		expect(ctx.textOf('holdfast.yaml')).toContain('bakery-local');
	});

	it.each([
		['no runbook', {}, /^no runbook: none was named/],
		[
			'several runbooks',
			{ 'RUNBOOK.md': '#', 'docs/PRODUCTION_RUNBOOK.md': '#' },
			/^several runbooks lie here: RUNBOOK.md, docs\/PRODUCTION_RUNBOOK.md$/,
		],
		['no URL anywhere', { 'RUNBOOK.md': bakeryRunbook }, /^where does the application run\?/],
	])('ask to name what is missing: %s', async (_what, files, message) => {
		await expect(proposeService(world(files as Record<string, string>), {})).rejects.toMatchObject({
			message: expect.stringMatching(message),
		});
	});
});
