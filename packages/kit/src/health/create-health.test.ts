import { afterEach, describe, expect, it, vi } from 'vitest';
import { defineEnv, secret } from '../env.ts';
import { createHealth } from '../health.ts';
import type { HealthReport } from '../wire.ts';
import { watchEventLoop } from './event-loop-watch.ts';
import { readBuild } from './read-build.ts';

const TOKEN = 'tok-q8Zr1Lw0Tn5Xv7Bc2Md9Kf4G';
const calm = {
	read: () => ({ delayMs: 1, meanDelayMs: 1, maxDelayMs: 2, windowMs: 10_000, stuckAfterMs: 2000, stuck: false }),
	stop: () => {},
};
const stuck = { ...calm, read: () => ({ ...calm.read(), maxDelayMs: 5000, stuck: true }) };
const goodEnv = defineEnv({ SESSION_SECRET: secret() }, { SESSION_SECRET: 'q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeA' });
const badEnv = defineEnv({ SESSION_SECRET: secret() }, { SESSION_SECRET: 'k3J9xQ2m' });
const plain = () => new Request('http://localhost/api/health');
const bearing = (value: string) => new Request('http://localhost/api/health', { headers: { authorization: value } });

afterEach(() => vi.unstubAllEnvs());

describe('the public answer', () => {
	it('is exactly {"status":"ok"} with 200, and is not stored', async () => {
		const response = createHealth({ env: goodEnv, watch: calm }).GET(plain());
		expect(response.status).toBe(200);
		expect(await response.text()).toBe('{"status":"ok"}');
		expect(response.headers.get('content-type')).toBe('application/json');
		expect(response.headers.get('cache-control')).toBe('no-store');
	});

	it.each([
		['the declared environment is invalid', { env: badEnv, watch: calm }],
		['the event loop is stuck', { env: goodEnv, watch: stuck }],
		[
			'the report itself cannot be made',
			{
				env: {
					report: () => {
						throw new Error('boom');
					},
				},
				watch: calm,
			},
		],
	])('is exactly {"status":"error"} with 503 when %s', async (_, options) => {
		const response = createHealth(options).GET(plain());
		expect(response.status).toBe(503);
		expect(await response.text()).toBe('{"status":"error"}');
	});

	it('needs no declared environment', () => {
		expect(createHealth({ watch: calm }).GET(plain()).status).toBe(200);
	});
});

describe('the private report', () => {
	const health = createHealth({
		env: badEnv,
		watch: calm,
		token: TOKEN,
		serviceId: 'shop',
		build: { id: 'r7', commit: 'abc123', version: '1.2.3' },
	});

	it('opens to the bearer of the token with what is known now', async () => {
		const response = health.GET(bearing(`Bearer ${TOKEN}`));
		expect(response.status).toBe(503);
		expect(response.headers.get('content-type')).toBe('application/health+json');
		expect(response.headers.get('cache-control')).toBe('no-store');
		const report = (await response.json()) as HealthReport;
		expect(report).toMatchObject({
			status: 'fail',
			version: '1.2.3',
			releaseId: 'r7',
			serviceId: 'shop',
			notes: ['SESSION_SECRET is not as declared: too-short.'],
		});
		expect(report.holdfast.wire).toBe(1);
		expect(report.holdfast.build).toEqual({ id: 'r7', commit: 'abc123', version: '1.2.3', builtAt: null });
		expect(report.holdfast.environment?.variables[0]).toMatchObject({ name: 'SESSION_SECRET', present: true, length: 8 });
		expect(report.holdfast.memory.rssBytes).toBeGreaterThan(1_000_000);
		expect(report.holdfast.memory.heapLimitBytes).toBeGreaterThan(report.holdfast.memory.heapUsedBytes);
		expect(report.holdfast.cpu.coreCount).toBeGreaterThan(0);
		expect(Object.keys(report.holdfast.cpu)).toEqual(['shareOfOneCore', 'windowMs', 'coreCount', 'load', 'limitCores', 'pressure']);
		expect(Date.parse(report.holdfast.process.startedAt)).toBeLessThanOrEqual(Date.parse(report.holdfast.at));
		expect(JSON.stringify(report)).not.toContain('k3J9xQ2m');
		for (const entries of Object.values(report.checks)) for (const entry of entries) expect(entry.time).toBe(report.holdfast.at);
	});

	it('shows keyed fingerprints of the declared variables, and no value or beginning of one', async () => {
		const values = { SESSION_SECRET: 'q8Zr1Lw0Tn5Xv7Bc2Md9Kf4Gh6Jp3SeA', HOLDFAST_FINGERPRINT_KEY: 'Zx4Vb7Nm1Qw9Er3Ty6Ui8Op2As5Df0Gh' };
		const env = defineEnv({ SESSION_SECRET: secret() }, values);
		const text = await createHealth({ env, watch: calm, token: TOKEN })
			.GET(bearing(`Bearer ${TOKEN}`))
			.text();
		const { environment } = (JSON.parse(text) as HealthReport).holdfast;
		expect(environment?.keyId).toMatch(/^[0-9a-f]{8}$/);
		expect(environment?.variables[0]?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
		for (const value of [...Object.values(values), TOKEN]) expect(text).not.toContain(value.slice(0, 5));
	});

	it('says pass when nothing is wrong', async () => {
		const report = (await createHealth({ env: goodEnv, watch: calm, token: TOKEN })
			.GET(bearing(`bearer ${TOKEN}`))
			.json()) as HealthReport;
		expect(report.status).toBe('pass');
		expect(report.notes).toBeUndefined();
		expect(report.checks['environment:problems']?.[0]).toMatchObject({ observedValue: 0, status: 'pass' });
	});

	it('says how long the event loop was blocked', async () => {
		const report = (await createHealth({ watch: stuck, token: TOKEN })
			.GET(bearing(`Bearer ${TOKEN}`))
			.json()) as HealthReport;
		expect(report).toMatchObject({ status: 'fail', notes: ['The event loop was blocked for 5000 ms.'] });
		expect(report.holdfast.environment).toBeNull();
	});

	it.each([
		['another token', `Bearer ${TOKEN}x`],
		['a part of the token', `Bearer ${TOKEN.slice(0, -1)}`],
		['an empty-looking token', 'Bearer -'],
	])('stays closed to %s, with the public answer and a challenge', async (_, header) => {
		const response = createHealth({ env: goodEnv, watch: calm, token: TOKEN }).GET(bearing(header));
		expect(response.status).toBe(200);
		expect(await response.text()).toBe('{"status":"ok"}');
		expect(response.headers.get('www-authenticate')).toContain('invalid_token');
	});

	it('takes other schemes of authorization for a visitor without token', async () => {
		const response = createHealth({ watch: calm, token: TOKEN }).GET(bearing('Basic dTpw'));
		expect(response.headers.get('www-authenticate')).toBeNull();
	});

	it.each([undefined, '', 'short'])('never opens when the token is %j', async (token) => {
		const response = createHealth({ watch: calm, token }).GET(bearing(`Bearer ${token ?? 'undefined'}`));
		expect(await response.text()).toBe('{"status":"ok"}');
	});

	it('takes the token from HOLDFAST_TOKEN', () => {
		vi.stubEnv('HOLDFAST_TOKEN', TOKEN);
		expect(
			createHealth({ watch: calm })
				.GET(bearing(`Bearer ${TOKEN}`))
				.headers.get('content-type'),
		).toBe('application/health+json');
	});
});

describe('createHealth', () => {
	it('is switched off by one option', async () => {
		const response = createHealth({ enabled: false }).GET(plain());
		expect([response.status, await response.text()]).toEqual([404, '']);
	});

	it.each([{ stuckAfterMs: 1 }, { stuckAfterMs: 'x' as never }, { env: {} as never }, { env: null as never }, { token: 5 as never }])(
		'refuses %j at start',
		(options) => {
			expect(() => createHealth(options)).toThrow(/^createHealth: option \w+: expected .*, got /);
		},
	);
});

describe('watchEventLoop', () => {
	function manual() {
		let now = 0;
		let tick = () => {};
		const ticker = {
			now: () => now,
			every: (_: number, call: () => void) => {
				tick = call;
				return () => {};
			},
		};
		return {
			ticker,
			pass: (ms: number) => {
				now += ms;
			},
			tick: () => tick(),
		};
	}

	it('sees nothing while ticks come in time', () => {
		const clock = manual();
		const watch = watchEventLoop(2000, clock.ticker);
		for (let i = 0; i < 100; i++) {
			clock.pass(250);
			clock.tick();
		}
		expect(watch.read()).toMatchObject({ delayMs: 0, maxDelayMs: 0, stuck: false });
	});

	it('sees a block that is not over: the tick that is due has not come', () => {
		const clock = manual();
		const watch = watchEventLoop(2000, clock.ticker);
		clock.pass(2250);
		expect(watch.read()).toMatchObject({ delayMs: 2000, stuck: true });
	});

	it('remembers a block for the window and then forgets it', () => {
		const clock = manual();
		const watch = watchEventLoop(2000, clock.ticker);
		clock.pass(5250);
		clock.tick();
		for (let i = 0; i < 39; i++) {
			clock.pass(250);
			clock.tick();
		}
		expect(watch.read()).toMatchObject({ maxDelayMs: 5000, stuck: true });
		clock.pass(250);
		clock.tick();
		expect(watch.read()).toMatchObject({ maxDelayMs: 0, stuck: false });
	});

	it('measures a real block', async () => {
		const watch = watchEventLoop(300);
		await new Promise((done) => setTimeout(done, 20));
		const until = performance.now() + 700;
		while (performance.now() < until);
		expect(watch.read().stuck).toBe(true);
		watch.stop();
	});
});

describe('readBuild', () => {
	it('prefers what the application says, then the platform, and guesses nothing', () => {
		expect(readBuild({ commit: 'mine' }, { VERCEL_GIT_COMMIT_SHA: 'theirs' }).commit).toBe('mine');
		expect(readBuild({}, { RENDER_GIT_COMMIT: 'theirs', HOLDFAST_RELEASE: 'r9' })).toEqual({
			id: 'r9',
			commit: 'theirs',
			builtAt: null,
			version: null,
		});
		expect(readBuild({ id: ' ' }, {})).toEqual({ id: null, commit: null, builtAt: null, version: null });
	});
});
