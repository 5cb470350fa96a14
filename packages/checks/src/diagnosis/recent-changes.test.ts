import { describe, expect, it } from 'vitest';
import { diagnose } from './diagnose.ts';
import { observe } from './fixtures/build-observation.ts';
import { buildRunbook } from './fixtures/build-runbook.ts';
import { listRecent, listRelated } from './recent-changes.ts';

const startedAt = '2026-03-01T03:00:00.000Z';
const at = (time: string) => `2026-03-01T${time}:00.000Z`;
const release = { name: 'release', at: at('02:30'), from: 'a1b2c3d', to: 'e4f5a6b' };
const secret = { name: 'env:SESSION_SECRET', at: at('02:40') };
const page = observe('http.page', { codes: ['page.blank'] });
const login = observe('env.secret', { params: { name: 'SESSION_SECRET' }, codes: ['env.differs'] });

describe('recent changes (G25)', () => {
	it('counts what came after the last good answer, newest first', () => {
		const input = { changes: [release, secret, { name: 'release', at: at('01:00') }], lastOk: { [page.key]: at('02:00') }, startedAt };
		expect(listRecent(input, [page])).toEqual([secret, release]);
		expect(listRecent({ ...input, lastOk: { [page.key]: at('02:35') } }, [page])).toEqual([secret]);
	});

	it('counts the last day where nothing was ever well, and nothing from the future', () => {
		const changes = [
			{ name: 'release', at: '2026-02-27T03:00:00.000Z' },
			{ name: 'release', at: '2026-02-28T04:00:00.000Z' },
			{ name: 'release', at: at('04:00') },
		];
		expect(listRecent({ changes, lastOk: {}, startedAt }, [page])).toEqual([changes[1]]);
	});

	it.each([
		['env:SESSION_SECRET', login, true],
		['env:CSRF_SECRET', login, false],
		['release', login, false],
		['release', page, true],
		['release', observe('net.tcp', { codes: ['net.refused'] }), false],
		['convex:push', observe('convex.functions', { codes: ['functions.failed'] }), true],
		['convex:push', page, false],
	])('%s and %o', (name, observation, related) => {
		const changes = [{ name, at: at('02:30') }];
		expect(listRelated({ changes, lastOk: {}, startedAt }, [observation])).toEqual(related ? changes : []);
	});

	it('raises the cause that a change fits among those of one verdict, and is shown with the root', () => {
		const runbook = buildRunbook([
			{
				title: 'A',
				symptoms: [],
				causes: [
					{ text: 'Redirects', bind: 'check: http.redirects' },
					{ text: 'The build', bind: 'check: http.page' },
					{ text: 'The network', bind: 'check: net.dns' },
				],
				steps: [],
			},
		]);
		const observations = [page, observe('http.redirects', { codes: ['redirect.off-host'] }), observe('net.dns')];
		const judge = (changes: readonly { name: string; at: string }[]) =>
			diagnose({ runbook, observations, changes, asked: null, service: 's', startedAt, durationMs: 1 });
		const texts = (diagnosis: ReturnType<typeof judge>) => diagnosis.issues[0]?.causes.map(({ text }) => text);
		expect(texts(judge([]))).toEqual(['Redirects', 'The build', 'The network']);
		const told = judge([release]);
		expect(texts(told)).toEqual(['The build', 'Redirects', 'The network']);
		expect(told.changes).toEqual([release]);
		expect(told.roots.map(({ code, changes }) => [code, changes?.length])).toEqual([
			['redirect.off-host', undefined],
			['page.blank', 1],
		]);
		expect(judge([]).changes).toBeUndefined();
	});
});
