import { expect, it } from 'vitest';
import { BusyError, createTurns } from './turns.mjs';

/** Work that ends when it is told to, in the order in which it began. */
function makeWork() {
	const began: string[] = [];
	const ends: (() => void)[] = [];
	const work = (name: string) => () =>
		new Promise<string>((resolve) => {
			began.push(name);
			ends.push(() => resolve(name));
		});
	const finishOne = async (): Promise<void> => {
		ends.shift()?.();
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { began, work, finishOne };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('does one piece of work at a time, in the order of a lane', async () => {
	const { began, work, finishOne } = makeWork();
	const turns = createTurns({ in: 5 });
	const all = ['a', 'b', 'c'].map((name) => turns.run('in', null, work(name)));
	await settle();
	expect(began).toEqual(['a']);
	await finishOne();
	expect(began).toEqual(['a', 'b']);
	await finishOne();
	await finishOne();
	expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
});

it('lets a lane wait for one piece of work of another, however full that is', async () => {
	const { began, work, finishOne } = makeWork();
	const turns = createTurns({ in: 5, new: 50 });
	for (let i = 0; i < 50; i++) void turns.run('new', null, work(`new ${i}`));
	await settle();
	void turns.run('in', null, work('in 0'));
	void turns.run('in', null, work('in 1'));
	for (let i = 0; i < 4; i++) await finishOne();
	expect(began).toEqual(['new 0', 'in 0', 'new 1', 'in 1', 'new 2']);
});

it('refuses at once when a lane is full, and takes again when there is room', async () => {
	const { work, finishOne } = makeWork();
	const turns = createTurns({ in: 2, new: 2 });
	const running = [turns.run('in', null, work('0')), turns.run('in', null, work('1')), turns.run('in', null, work('2'))];
	await settle();
	expect(turns.waitingCount('in')).toBe(2);
	await expect(turns.run('in', null, work('3'))).rejects.toThrow(BusyError);
	void turns.run('new', null, work('other lane'));
	expect(turns.waitingCount('new')).toBe(1);
	await finishOne();
	await running[0];
	await expect(turns.run('in', null, work('4'))).rejects.toThrow(BusyError);
	await finishOne();
	expect(turns.waitingCount('in')).toBe(1);
	void turns.run('in', null, work('5'));
	expect(turns.waitingCount('in')).toBe(2);
});

it('holds only a few for one visitor, and tells visitors apart where it can', async () => {
	const { work } = makeWork();
	const turns = createTurns({ in: 20 }, { perVisitor: 2 });
	void turns.run('in', null, work('running'));
	await settle();
	void turns.run('in', '192.0.2.1', work('a'));
	void turns.run('in', '192.0.2.1', work('b'));
	await expect(turns.run('in', '192.0.2.1', work('c'))).rejects.toThrow(BusyError);
	void turns.run('in', '192.0.2.2', work('d'));
	for (let i = 0; i < 5; i++) void turns.run('in', null, work(`unknown ${i}`));
	expect(turns.waitingCount('in')).toBe(8);
});

it('goes on after work that fails', async () => {
	const turns = createTurns({ in: 5 });
	const bad = turns.run('in', null, () => Promise.reject(new TypeError('x')));
	const worse = turns.run('in', null, () => {
		throw new RangeError('y');
	});
	const good = turns.run('in', null, () => Promise.resolve(1));
	await expect(bad).rejects.toThrow(TypeError);
	await expect(worse).rejects.toThrow(RangeError);
	expect(await good).toBe(1);
});

it('says in how many seconds there is room, by what work has taken', async () => {
	let now = 0;
	const { work, finishOne } = makeWork();
	const turns = createTurns({ in: 3 }, { now: () => now });
	const seconds = async () =>
		turns.run('in', null, work('x')).then(
			() => 0,
			(cause: BusyError) => cause.seconds,
		);
	for (let i = 0; i < 4; i++) void turns.run('in', null, work(String(i)));
	expect(await seconds()).toBe(2);
	now += 20_000;
	await finishOne();
	void turns.run('in', null, work('4'));
	expect(await seconds()).toBe(17);
});
