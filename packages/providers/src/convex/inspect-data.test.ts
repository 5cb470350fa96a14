import { Secret } from '@holdfast/checks/secret';
import { describe, expect, it } from 'vitest';
import { createConvexPort } from './index.ts';
import { findIds, findMisfits, readPlace } from './judge-document.ts';

const never = new AbortController().signal;
const target = { url: 'https://calm-otter-1.convex.cloud', adminKey: new Secret('prod:calm-otter-1|fixture') };
const field = (fieldType: object, optional = false) => ({ fieldType, optional });
const text = { type: 'string' };
const user = { type: 'id', tableName: 'users' };

describe('documents', () => {
	const validator = {
		type: 'object',
		value: {
			name: field(text),
			age: field({ type: 'number' }, true),
			kind: field({
				type: 'union',
				value: [
					{ type: 'literal', value: 'a' },
					{ type: 'literal', value: 'b' },
				],
			}),
			owner: field({ type: 'object', value: { id: field(user) } }, true),
			members: field({ type: 'array', value: user }, true),
			big: field({ type: 'bigint' }, true),
			notes: field({ type: 'record', keys: text, values: field(text) }, true),
			best: field({ type: 'union', value: [user, { type: 'null' }] }, true),
		},
	};
	const good = { _id: '1', _creationTime: 1, name: 'Ada', kind: 'a' };
	it.each([
		[good, []],
		[{ ...good, age: 'NaN', big: '12', notes: { x: 'y' }, best: null }, []],
		[{ ...good, name: 7 }, ['name: a string']],
		[{ _id: '1', kind: 'a' }, ['name: a value']],
		[{ ...good, kind: 'c' }, ['kind: one of the 2 declared forms']],
		[{ ...good, owner: { id: 3 } }, ['owner.id: an id of users']],
		[{ ...good, members: ['u1', 3] }, ['members[]: an id of users']],
		[{ ...good, notes: { x: 3 } }, ['notes.*: a string']],
		[{ ...good, extra: 1 }, ['extra: no such field']],
	])('%o: %o', (document, misfits) => {
		expect(findMisfits(document, validator).map(({ field: at, expected }) => `${at}: ${expected}`)).toEqual(misfits);
	});
	it('lists ids wherever they stand', () => {
		const ids = findIds({ ...good, owner: { id: 'u1' }, members: ['u2', 'u3'], best: 'u4' }, validator);
		expect(ids.map(({ field: at, id }) => `${at} ${id}`)).toEqual(['owner.id u1', 'members[] u2', 'members[] u3', 'best u4']);
		expect(readPlace({ a: { b: [{ c: 'x' }, { c: 'y' }] } }, 'a.b[].c')).toEqual(['x', 'y']);
		expect(readPlace({ a: 1 }, 'a.b')).toEqual([]);
	});
});

const schema = (tables: Readonly<Record<string, object>>, schemaValidation = true) => ({
	active: JSON.stringify({
		tables: Object.entries(tables).map(([tableName, value]) => ({ tableName, indexes: [], documentType: { type: 'object', value } })),
		schemaValidation,
	}),
});

function portWith(queries: Readonly<Record<string, (args: Record<string, unknown>) => unknown>>) {
	return createConvexPort({
		fetch: async (_, init) => {
			const { path, args } = JSON.parse(init.body as string) as { path: string; args: Record<string, unknown> };
			const query = queries[path.replace('_system/', '')];
			return new Response(
				JSON.stringify(
					query === undefined
						? { status: 'error', errorMessage: `Could not find public function for '${path}'` }
						: { status: 'success', value: query(args) },
				),
			);
		},
		tick: () => 0,
		timeoutMs: 1000,
		now: () => 0,
	});
}

const users = Array.from({ length: 5 }, (_, index) => ({ _id: `u${index}`, name: 'x' }));
const orders = [
	{ _id: 'o1', userId: 'u1', buyer: 'u9' },
	{ _id: 'o2', userId: 'u7' },
	{ _id: 'o3', userId: 8 },
];
const data = {
	'cli/tables': () => ({ page: [{ name: 'users' }, { name: 'orders' }], isDone: true, continueCursor: 'end' }),
	'cli/tableData': ({ table, paginationOpts }: Record<string, unknown>) => {
		const rows = table === 'users' ? users : orders;
		const { numItems } = paginationOpts as { numItems: number };
		return { page: rows.slice(0, numItems), isDone: rows.length <= numItems, continueCursor: 'end' };
	},
	'frontend/getSchemas': () => schema({ users: { name: field(text) }, orders: { userId: field(user), buyer: field(text, true) } }),
};

it('counts, compares with the schema and follows references, and gives no document away', async () => {
	const verdict = await portWith(data).inspectData(target, { sample: 10, refs: [{ table: 'orders', field: 'buyer', to: 'users' }] }, never);
	expect(verdict).toEqual({
		kind: 'answer',
		value: {
			skipped: 0,
			schema: 'enforced',
			tables: [
				{
					table: 'orders',
					count: 3,
					looked: 3,
					invalid: [{ field: 'userId', expected: 'an id of users', documents: 1 }],
					references: [
						{ field: 'userId', to: 'users', looked: 2, dangling: 1, undecided: 0 },
						{ field: 'buyer', to: 'users', looked: 1, dangling: 1, undecided: 0 },
					],
				},
				{ table: 'users', count: 5, looked: 5, invalid: [], references: [] },
			],
		},
	});
});

it('asks about what it did not read, and says what it cannot tell', async () => {
	const asked: unknown[] = [];
	const sized = {
		...data,
		'frontend/tableSize': ({ tableName }: Record<string, unknown>) => (tableName === 'users' ? 5 : 3),
		'frontend/listById': ({ ids }: Record<string, unknown>) => {
			asked.push(ids);
			return (ids as { id: string }[]).map(({ id }) => users.find(({ _id }) => _id === id) ?? null);
		},
	};
	const told = await portWith(sized).inspectData(target, { sample: 2, refs: [] }, never);
	expect(told).toMatchObject({
		value: {
			tables: [
				{ table: 'orders', count: 3, looked: 2, references: [{ dangling: 1, undecided: 0 }] },
				{ count: 5, looked: 2 },
			],
		},
	});
	expect(asked).toEqual([[{ id: 'u7', tableName: 'users' }]]);
	const untold = await portWith(data).inspectData(target, { sample: 2, refs: [] }, never);
	expect(untold).toMatchObject({ value: { tables: [{ count: null, references: [{ dangling: 0, undecided: 1 }] }, { count: null }] } });
});

it('goes without a schema, and says so', async () => {
	const { 'frontend/getSchemas': _, ...without } = data;
	expect(await portWith(without).inspectData(target, { sample: 10, refs: [] }, never)).toMatchObject({ value: { schema: 'not-told' } });
	const none = { ...data, 'frontend/getSchemas': () => ({}) };
	expect(await portWith(none).inspectData(target, { sample: 10, refs: [] }, never)).toMatchObject({ value: { schema: 'none' } });
	expect(await portWith({}).inspectData(target, { sample: 10, refs: [] }, never)).toMatchObject({ kind: 'no-answer', code: 'not-found' });
	expect(await portWith(data).inspectData({ url: target.url }, { sample: 10, refs: [] }, never)).toMatchObject({ code: 'not-configured' });
});
