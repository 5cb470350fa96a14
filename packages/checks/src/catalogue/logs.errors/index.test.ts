import { expect, it } from 'vitest';
import { makeService, runCheck, silentVendors } from '../../fixtures/check-service.ts';
import { makeReport } from '../../fixtures/kit-report.ts';
import { serveKit } from '../../fixtures/kit-service.ts';
import type { LogLine, VendorPorts } from '../../vendors.ts';

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const error = (minutes: number | null, text = 'Error: order 17 of user 99 failed'): LogLine => ({
	at: minutes === null ? null : ago(minutes),
	level: 'error',
	text,
});
const withLog = (...lines: LogLine[]): VendorPorts => ({
	...silentVendors,
	serverFiles: {
		...silentVendors.serverFiles,
		readLog: async () => ({ kind: 'answer', value: { lines, cut: false, writtenAt: ago(0) } }),
	},
});
const service = makeService('http://127.0.0.1:9', { logFile: '/srv/shop.log' });
const look = (...lines: LogLine[]) => runCheck('logs.errors', service, {}, { vendors: withLog(...lines) });

it('is well without errors in the window', async () => {
	expect((await look({ at: ago(1), level: 'other', text: 'started' }, error(60))).state).toBe('ok');
});

it('counts errors that differ in numbers only as one kind, and fails for several', async () => {
	expect(await look(error(1))).toMatchObject({ state: 'warn', findings: [{ code: 'logs.errors' }] });
	const several = await look(error(5), error(4, 'Error: order 3 of user 1 failed'), error(3), error(2), error(1));
	expect(several).toMatchObject({ state: 'fail', reason: expect.stringContaining('5 errors of the last 15 min; most often (5)') });
});

it('takes errors before the last start for notes', async () => {
	const report = makeReport({ process: { ...makeReport().holdfast.process, startedAt: ago(2) } });
	const kit = await serveKit([report], { logFile: '/srv/shop.log' });
	expect(await runCheck('logs.errors', kit, {}, { vendors: withLog(error(10)) })).toMatchObject({
		state: 'ok',
		findings: [{ severity: 'info' }],
	});
});

it('shows no secret, and does not know without a log or without times', async () => {
	expect(JSON.stringify(await look(error(1, 'login failed: password=hunter2hunter2')))).not.toContain('hunter2');
	expect((await look(error(null))).state).toBe('unknown');
	expect((await runCheck('logs.errors', makeService('http://127.0.0.1:9'))).state).toBe('unknown');
});
