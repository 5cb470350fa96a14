import { afterEach, describe, expect, it } from 'vitest';
import { bakeryRunbook } from '../../fixtures/bakery-runbook.ts';
import { type Application, startApplication } from '../../fixtures/start-application.ts';
import { createTestContext } from '../../fixtures/test-context.ts';
import { diagnoseService } from './diagnose.ts';

let application: Application | null = null;
afterEach(async () => {
	await application?.close();
	application = null;
});

const emptyScript = '/_next/static/chunks/main-0a1b2c3d4e5f.js';

describe('diagnoseService with a history', () => {
	it('says what changed between the last good answer and the first bad one', async () => {
		let broken = false;
		application = await startApplication({
			[emptyScript]: (_request, response) =>
				response.writeHead(200, { 'content-type': 'text/javascript' }).end(broken ? '' : 'console.log(1)'),
		});
		const ctx = createTestContext({ files: { 'RUNBOOK.md': bakeryRunbook }, now: Date.now });
		const input = { url: application.url, runbook: 'RUNBOOK.md', symptom: 'blank page' };
		const name = new URL(application.url).host;
		await ctx.history.append({ directory: '/work', name }, [{ t: 'fact', at: new Date().toISOString(), name: 'release', value: 'a1' }]);
		const well = await diagnoseService(ctx, input);
		expect(well.past).toEqual([]);
		const at = new Date().toISOString();
		await ctx.history.append({ directory: '/work', name }, [{ t: 'fact', at, name: 'release', value: 'b2' }]);
		broken = true;
		const { diagnosis, past, notes } = await diagnoseService(ctx, input);
		expect(diagnosis.changes).toEqual([{ name: 'release', at, from: 'a1', to: 'b2' }]);
		expect(diagnosis.roots[0]?.changes).toHaveLength(1);
		expect(past.map(({ changes }) => changes.map(({ to }) => to))).toContainEqual(['b2']);
		expect(notes).toEqual([]);
	});

	it('neither reads nor writes one when told so', async () => {
		application = await startApplication({});
		const ctx = createTestContext({ files: { 'RUNBOOK.md': bakeryRunbook }, now: Date.now });
		await diagnoseService(ctx, { url: application.url, runbook: 'RUNBOOK.md', symptom: 'blank page', history: false });
		expect(ctx.remembered.size).toBe(0);
	});

	it('leaves out what needs a browser when told so, and says it', async () => {
		application = await startApplication({});
		const text = bakeryRunbook.replace('- Timeout errors', '- Timeout errors <!-- check: browser.console -->');
		const ctx = createTestContext({ files: { 'RUNBOOK.md': text }, now: Date.now });
		const { diagnosis, notes } = await diagnoseService(ctx, { url: application.url, runbook: 'RUNBOOK.md', browser: false });
		expect(diagnosis.observations.filter(({ check }) => check.startsWith('browser.'))).toEqual([]);
		expect(notes).toEqual(['without a browser: browser.console was left out']);
	});
});
