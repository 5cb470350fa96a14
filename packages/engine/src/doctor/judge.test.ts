import { expect, it } from 'vitest';
import type { DoctorFacts } from './facts.ts';
import { judgeFacts } from './judge.ts';

const well: DoctorFacts = {
	node: '20.19.0',
	ownPostgres: { kind: 'known', value: null },
	databaseUrl: null,
	home: { kind: 'known', value: { isWritable: true, isOpenToOthers: false } },
	freeBytes: { kind: 'known', value: 5 * 1024 ** 3 },
	chromium: { kind: 'known', value: '/usr/bin/chromium' },
	missingTools: [],
	clockAheadMs: { kind: 'known', value: { of: 'the database', ms: -20 } },
	config: { kind: 'valid', file: 'holdfast.yaml', hasPublicUrl: true, channels: 1, hasHeartbeat: true },
	secrets: [{ name: 'channels.ops.url', problem: null }],
	services: [{ name: 'shop', hasKitToken: true, runbook: { kind: 'known', value: { unwatched: 0, placeholders: [], wrong: 0 } } }],
	ports: [{ port: 4001, what: 'what applications send', isFree: true }],
};

it('says ok where nothing is missing', () => {
	expect(judgeFacts(well).filter(({ state }) => state !== 'ok')).toEqual([]);
});

const postgres = (version: number, mayCreate = true): Partial<DoctorFacts> => ({
	databaseUrl: { kind: 'known', value: { version, mayCreate } },
});

it.each<[string, Partial<DoctorFacts>, 'missing' | 'unknown', boolean]>([
	['Node.js', { node: '20.18.9' }, 'missing', true],
	['database', { ownPostgres: { kind: 'known', value: 'this system has musl' } }, 'missing', true],
	['database', postgres(140_011), 'missing', true],
	['database', postgres(150_004, false), 'missing', true],
	['database', { databaseUrl: { kind: 'unknown', reason: 'refused' } }, 'unknown', true],
	['folder', { home: { kind: 'known', value: { isWritable: false, isOpenToOthers: false } } }, 'missing', true],
	['folder', { home: { kind: 'known', value: { isWritable: true, isOpenToOthers: true } } }, 'missing', true],
	['disk', { freeBytes: { kind: 'known', value: 1024 ** 3 } }, 'missing', true],
	['clock', { clockAheadMs: { kind: 'known', value: { of: 'the database', ms: 40_000 } } }, 'missing', true],
	['clock', { clockAheadMs: { kind: 'unknown', reason: 'nothing to compare it with' } }, 'unknown', true],
	['browser', { chromium: { kind: 'known', value: null } }, 'missing', false],
	['tools', { missingTools: ['git'] }, 'missing', false],
	['configuration', { config: { kind: 'none' } }, 'missing', true],
	['configuration', { config: { kind: 'invalid', problems: ['holdfast.yaml:3 colour: no such key'] } }, 'missing', true],
	['secret channels.ops.url', { secrets: [{ name: 'channels.ops.url', problem: 'the variable X is not set' }] }, 'missing', true],
	['shop kit', { services: [{ name: 'shop', hasKitToken: false, runbook: null }] }, 'missing', false],
	[
		'shop contacts',
		{
			services: [
				{ name: 'shop', hasKitToken: true, runbook: { kind: 'known', value: { unwatched: 0, placeholders: ['On-call'], wrong: 0 } } },
			],
		},
		'missing',
		true,
	],
])('%s: %o', (subject, more, state, isNeeded) => {
	const lines = judgeFacts({ ...well, ...more }).filter((line) => line.subject === subject && line.state !== 'ok');
	expect(lines).toMatchObject([{ state, isNeeded }]);
	if (state === 'missing') expect(lines[0]?.todo).not.toBe('');
});
