import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideCause, type Fault, findSame, type Placed } from './decide-cause.ts';

const fault = (key: string, ...echoes: readonly string[]): Fault => ({ key, message: `${key} is broken`, keys: [key, ...echoes] });
const member = (id: number, key: string, state: Placed['state'] = 'fail'): Placed => ({ id, key, state });
const secret = fault('env.secret', 'http.status', 'auth.login');
const convex = fault('convex.reachable', 'http.list');

describe('after a diagnosis', () => {
	it('I9: all that leads to one fault stays one incident, about that fault', () => {
		expect(decideCause([member(1, 'http.status'), member(2, 'auth.login')], [convex, secret])).toEqual({
			cause: secret,
			stay: [1, 2],
			parts: [],
			reason: 'env.secret is broken',
		});
	});

	it('I10: two faults at once are two incidents, and the first that failed keeps what people were told of', () => {
		const move = decideCause([member(1, 'http.status'), member(2, 'http.list'), member(3, 'auth.login')], [convex, secret]);
		expect(move).toMatchObject({ cause: secret, stay: [1, 3], parts: [{ cause: convex, members: [2] }] });
		expect(move.reason).toContain('1 of 3 monitors fail for a reason of their own');
	});

	it('I11: of whom it could not tell, and who is well again, stays', () => {
		const move = decideCause([member(1, 'tls.certificate'), member(2, 'http.list', 'ok'), member(3, 'http.status')], [convex, secret]);
		expect(move).toMatchObject({ cause: secret, stay: [1, 2, 3], parts: [] });
	});

	it('a fault that explains none of them is not its cause', () => {
		expect(decideCause([member(1, 'net.dns')], [secret])).toMatchObject({
			cause: null,
			stay: [1],
			reason: 'the diagnosis saw none of its monitors fail: its cause could not be told',
		});
	});

	it('each monitor is in exactly one place, whatever the diagnosis says', () => {
		const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
		const members = fc.array(fc.tuple(key, fc.constantFrom<Placed['state']>('ok', 'fail', 'unknown')), { maxLength: 8 });
		const faults = fc.uniqueArray(fc.record({ key, keys: fc.array(key) }), { selector: (one) => one.key });
		fc.assert(
			fc.property(members, faults, (told, seen) => {
				const all = told.map(([name, state], id) => member(id, name, state));
				const move = decideCause(
					all,
					seen.map((one) => ({ key: one.key, keys: [one.key, ...one.keys], message: one.key })),
				);
				const places = [...move.stay, ...move.parts.flatMap((part) => part.members)].toSorted((a, b) => a - b);
				expect(places).toEqual(all.map(({ id }) => id));
				if (all.length > 0) expect(move.stay.length).toBeGreaterThan(0);
			}),
		);
	});
});

it('I12: an open incident is the same when it has the cause, or all its failures lead to it', () => {
	const other = (id: number, causeKey: string, members: readonly Placed[]) => ({ id, causeKey, openedAt: 0, members });
	const others = [
		other(1, 'env.secret', []),
		other(2, 'http.status', [member(1, 'http.status'), member(2, 'x', 'ok')]),
		other(3, 'http.status', [member(1, 'http.status'), member(2, 'x')]),
		other(4, 'y', []),
	];
	expect(findSame(secret, others).map(({ id }) => id)).toEqual([1, 2]);
});
