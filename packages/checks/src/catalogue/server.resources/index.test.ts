import { describe, expect, it } from 'vitest';
import { codesOf, makeService, runCheck } from '../../fixtures/check-service.ts';
import { makeReport } from '../../fixtures/kit-report.ts';
import { serveKit } from '../../fixtures/kit-service.ts';
import { judgeResources, needsSecondLook } from './judge-resources.ts';

const well = makeReport().holdfast;
const judge = (more: Partial<typeof well>, second: Partial<typeof well> | null = null) =>
	judgeResources({ ...well, ...more }, second === null ? null : { ...well, ...second }).map(({ code, severity }) => `${code} ${severity}`);

it('is well with figures below their limits, at once', async () => {
	const observation = await runCheck('server.resources', await serveKit([makeReport()]));
	expect(observation).toMatchObject({ state: 'ok', reason: expect.stringContaining('event loop late by 8 ms') });
	expect(observation.durationMs).toBeLessThan(1500);
});

describe('sees', () => {
	it('memory near its limit', () => {
		expect(judge({ memory: { ...well.memory, limitBytes: 160e6, usedBytes: 150e6 } })).toEqual(['resources.memory warn']);
		expect(judge({ memory: { ...well.memory, heapUsedBytes: 1.96e9 } })).toEqual(['resources.memory fail']);
	});
	it('a blocked event loop, unless the second look is well or the process has just begun', () => {
		const blocked = { eventLoop: { ...well.eventLoop, p99DelayMs: 900, maxDelayMs: 1500 } };
		expect(judge(blocked)).toEqual(['resources.event-loop fail']);
		expect(judge(blocked, blocked)).toEqual(['resources.event-loop fail']);
		expect(judge(blocked, {})).toEqual([]);
		const process = { ...well.process, uptimeSeconds: 5 };
		expect(judge({ ...blocked, process })).toEqual(['resources.event-loop info']);
		expect(judge({ eventLoop: { ...blocked.eventLoop, meanDelayMs: 600 }, process })).toEqual(['resources.event-loop fail']);
	});
	it('a busy core, which fails only where the loop is late', () => {
		const cpu = { ...well.cpu, shareOfOneCore: 0.98 };
		expect(judge({ cpu })).toEqual(['resources.cpu warn']);
		expect(judge({ cpu, eventLoop: { ...well.eventLoop, p99DelayMs: 800 } })).toContain('resources.cpu fail');
	});
	it('all cores taken: three quarters of two, or 45 % where others wait for one', () => {
		const busy = { ...well.cpu, coreCount: 2, windowMs: 2000 };
		expect(judge({ cpu: { ...busy, shareOfOneCore: 1.5 } })).toEqual(['resources.cpu fail']);
		expect(judge({ cpu: { ...busy, shareOfOneCore: 0.99 } })).toEqual(['resources.cpu warn']);
		expect(judge({ cpu: { ...busy, shareOfOneCore: 0.99, pressure: 0.6 } })).toEqual(['resources.cpu fail']);
		expect(judge({ cpu: { ...busy, shareOfOneCore: 0.99, pressure: 0.6, windowMs: 1000 } })).toEqual(['resources.cpu warn']);
	});
	it('a full disk and many handles', () => {
		expect(judge({ disk: { totalBytes: 100e9, freeBytes: 20e6 } })).toEqual(['resources.disk fail']);
		expect(judge({ disk: { totalBytes: 100e9, freeBytes: 3e9 } })).toEqual(['resources.disk warn']);
		expect(judge({ handles: { open: 1000, limit: 1024 } })).toEqual(['resources.handles fail']);
	});
});

it('looks twice only where a figure asks for it', () => {
	expect(needsSecondLook(well)).toBe(false);
	expect(needsSecondLook({ ...well, cpu: { ...well.cpu, shareOfOneCore: 0.95 } })).toBe(true);
	expect(needsSecondLook({ ...well, cpu: { ...well.cpu, windowMs: 600_000 } })).toBe(false);
	expect(needsSecondLook({ ...well, cpu: { ...well.cpu, windowMs: 600_000, load: [2, 1, 1] } })).toBe(true);
});

it('names the instance where there are several, and is unknown without the kit', async () => {
	const low = { ...well.memory, limitBytes: 151e6 };
	const two = makeReport({ process: { ...well.process, instance: 'two' }, memory: low });
	const observation = await runCheck('server.resources', await serveKit([makeReport(), two]));
	expect(observation).toMatchObject({ state: 'fail', reason: expect.stringMatching(/^Instance two/) });
	expect(codesOf(observation)).toEqual(['resources.memory']);
	expect((await runCheck('server.resources', makeService('http://127.0.0.1:9'))).state).toBe('unknown');
});
