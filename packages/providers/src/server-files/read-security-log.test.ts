import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSecurityLogReader } from './read-security-log.ts';
import { readSecurityLine } from './security-line.ts';

const never = new AbortController().signal;
let folder: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'holdfast-security-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(...lines: readonly (object | string)[]) {
	const path = join(folder, 'app.log');
	await writeFile(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
	const verdict = await createSecurityLogReader(new Uint8Array(32))(path, never);
	if (verdict.kind === 'no-answer') throw new Error(verdict.reason);
	return verdict.value;
}

it.each([
	[{ event: 'sign-in.refused', reason: 'wrong' }, 'sign-in-failed'],
	[{ msg: 'Login failed for user' }, 'sign-in-failed'],
	[{ message: 'invalid credentials' }, 'sign-in-failed'],
	[{ event: 'authentication.failure' }, 'sign-in-failed'],
	[{ event: 'sign-in.too-many', reason: 'account', count: 4 }, 'lockout'],
	[{ msg: 'account locked' }, 'lockout'],
	[{ event: 'sign-in.done' }, 'signed-in'],
	[{ msg: 'User logged in' }, 'signed-in'],
	[{ event: 'admin.user.delete' }, 'admin'],
	[{ event: 'role.granted' }, 'admin'],
	[{ event: 'order.placed' }, undefined],
	[{ event: 'account.registered' }, undefined],
	[{ msg: 'listening on 3000' }, undefined],
	[{ level: 'info' }, undefined],
])('%o is %s', (record, kind) => expect(readSecurityLine(record)?.kind).toBe(kind));

it('masks accounts and addresses, and marks the same one the same', async () => {
	const log = await read(
		'starting',
		{ at: '2026-05-01T10:00:00Z', event: 'server.started' },
		{ at: '2026-05-01T10:00:01Z', event: 'sign-in.failed', email: 'Ada@Shop.example', ip: '203.0.113.77' },
		{ at: '2026-05-01T10:00:02Z', event: 'sign-in.failed', user: { id: 7, email: 'ada@shop.example' }, req: { ip: '2001:db8:1:2::3' } },
		{
			time: 1_777_629_603_000,
			msg: 'login failed for ada@shop.example from 203.0.113.77',
			email: 'ada@shop.example',
			ip: '::ffff:203.0.113.77',
		},
	);
	expect(log).toMatchObject({ lines: 4, since: '2026-05-01T10:00:00.000Z', cut: false });
	const [first, second, third] = log.events;
	expect(first).toMatchObject({ kind: 'sign-in-failed', address: { shown: '203.0.113.0/24' }, count: 1 });
	expect(second?.address?.shown).toBe('2001:db8:1::/48');
	expect(third?.account?.mark).toBe(first?.account?.mark);
	expect(third?.address?.mark).toBe(first?.address?.mark);
	expect(second?.account?.mark).not.toBe(first?.account?.mark);
	expect(JSON.stringify(log)).not.toMatch(/ada|\.77|shop\.example/i);
});

it('says why a log cannot be read', async () => {
	expect(await createSecurityLogReader()(join(folder, 'none.log'), never)).toMatchObject({ kind: 'no-answer', code: 'not-found' });
});
