import type { VitalName, VitalReport } from '@holdfast/kit/wire';
import { expect, it } from 'vitest';
import { makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeReport } from '../../fixtures/kit-report.ts';
import { serveKit } from '../../fixtures/kit-service.ts';
import { judgeVital } from './judge-vitals.ts';

const vital = (metric: VitalName, p75: number, count = 50): VitalReport => ({
	route: '/',
	device: 'phone',
	metric,
	count,
	p75,
	attribution: null,
});
const look = async (...vitals: VitalReport[]) => runCheck('vitals.p75', await serveKit([makeReport({ vitals })]));

it.each<[VitalName, number, number]>([
	['LCP', 2500, 4000],
	['INP', 200, 500],
	['CLS', 0.1, 0.25],
	['FCP', 1800, 3000],
	['TTFB', 800, 1800],
])('%s is good up to %d and poor above %d', (metric, good, poor) => {
	expect(judgeVital(vital(metric, good))).toBeNull();
	expect(judgeVital(vital(metric, poor))).toMatchObject({ code: 'vitals.needs-improvement', severity: 'warn' });
	expect(judgeVital(vital(metric, poor * 1.1))).toMatchObject({ code: 'vitals.poor', severity: 'fail', at: '/' });
});

it('names metric, route, device and figures, the worst first', async () => {
	expect(await look(vital('FCP', 2000), vital('LCP', 5000), vital('CLS', 0.01))).toMatchObject({
		state: 'fail',
		reason: 'LCP of / on phone: largest content painted after 5000 ms for a quarter of 50 views; 2500 ms is good',
	});
	expect((await look(vital('LCP', 1000))).state).toBe('ok');
});

it('does not know from few views, without a beacon, without the kit', async () => {
	expect((await look(vital('LCP', 9000, 3))).state).toBe('unknown');
	expect(await runCheck('vitals.p75', await serveKit([makeReport()]))).toMatchObject({
		state: 'unknown',
		enable: expect.stringContaining('beacon'),
	});
	expect((await runCheck('vitals.p75', makeService('http://127.0.0.1:9'))).state).toBe('unknown');
});
