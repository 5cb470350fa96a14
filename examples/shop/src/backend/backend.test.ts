import { convexTest } from 'convex-test';
import { expect, test } from 'vitest';
import { api, internal } from '../../convex/_generated/api.js';
import schema from '../../convex/schema.ts';

const functions = {
	'../../convex/_generated/api.js': () => import('../../convex/_generated/api.js'),
	'../../convex/accounts.ts': () => import('../../convex/accounts.ts'),
	'../../convex/health.ts': () => import('../../convex/health.ts'),
	'../../convex/http.ts': () => import('../../convex/http.ts'),
	'../../convex/orders.ts': () => import('../../convex/orders.ts'),
	'../../convex/products.ts': () => import('../../convex/products.ts'),
	'../../convex/seed.ts': () => import('../../convex/seed.ts'),
	'../../convex/sessions.ts': () => import('../../convex/sessions.ts'),
};
const later = Date.now() + 3_600_000;

async function openShop() {
	const shop = convexTest(schema, functions);
	await shop.mutation(internal.seed.catalogue, {});
	const server = shop.withIdentity({ subject: 'shop-server' });
	const join = async (email: string, sid: string) => {
		const userId = await server.mutation(api.accounts.register, { email, name: 'Ada', passwordHash: 'scrypt$x' });
		await server.mutation(api.sessions.begin, { userId, sid, expiresAt: later });
		return { userId, visitor: shop.withIdentity({ subject: `${userId}|${sid}` }) };
	};
	return { shop, server, join };
}

test('answers for its health', async () => {
	const { shop } = await openShop();
	expect(await shop.query(api.health.ping, {})).toEqual({ status: 'ok' });
	expect(await (await shop.fetch('/health', { method: 'GET' })).json()).toEqual({ status: 'ok' });
});

test('gives the catalogue a page at a time, and the last page for one beyond the end', async () => {
	const { shop } = await openShop();
	const first = await shop.query(api.products.list, { page: 1, size: 9 });
	const last = await shop.query(api.products.list, { page: 99, size: 9 });
	expect(first.products).toHaveLength(9);
	expect(last.page).toBe(first.pageCount);
	expect(last.products.at(-1)?.position).toBe(first.total - 1);
	expect(await shop.mutation(internal.seed.catalogue, {})).toBe(0);
});

test('lets only the server of the shop register people and read what a sign-in is compared with', async () => {
	const { shop, server, join } = await openShop();
	const { visitor } = await join('ada@shop.example', 's1');
	for (const caller of [shop, visitor]) {
		await expect(caller.query(api.accounts.forSignIn, { email: 'ada@shop.example' })).rejects.toThrow(/forbidden/);
		await expect(caller.mutation(api.accounts.register, { email: 'x@shop.example', name: 'X', passwordHash: 'h' })).rejects.toThrow(
			/forbidden/,
		);
	}
	expect((await server.query(api.accounts.forSignIn, { email: 'ada@shop.example' }))?.passwordHash).toBe('scrypt$x');
	await expect(join('ada@shop.example', 's2')).rejects.toThrow(/taken/);
});

test('places an order of a signed-in user, takes it from the stock, and shows it to nobody else', async () => {
	const { shop, join } = await openShop();
	const ada = await join('ada@shop.example', 's1');
	const ben = await join('ben@shop.example', 's2');
	const before = await shop.query(api.products.bySlug, { slug: 'heaving-line' });
	const order = await ada.visitor.mutation(api.orders.place, { slug: 'heaving-line', quantity: 2 });
	expect(order.number).toMatch(/^[A-Z2-9]{8}$/);
	expect((await ada.visitor.query(api.orders.mine, {}))?.map((each) => each.number)).toEqual([order.number]);
	expect(await ben.visitor.query(api.orders.mine, {})).toEqual([]);
	expect(await shop.query(api.orders.mine, {})).toBeNull();
	expect((await shop.query(api.products.bySlug, { slug: 'heaving-line' }))?.stock).toBe((before?.stock ?? 0) - 2);
	await expect(ada.visitor.mutation(api.orders.place, { slug: 'heaving-line', quantity: 999 })).rejects.toThrow(/quantity/);
});

test('knows nobody whose session was ended, is over, or whose account is disabled', async () => {
	const { shop, server, join } = await openShop();
	const { userId, visitor } = await join('ada@shop.example', 's1');
	await server.mutation(api.sessions.begin, { userId, sid: 'old', expiresAt: Date.now() - 1 });
	expect(await shop.withIdentity({ subject: `${userId}|old` }).query(api.accounts.me, {})).toBeNull();
	expect(await visitor.query(api.accounts.me, {})).toMatchObject({ email: 'ada@shop.example', synthetic: false });
	await shop.run(async (ctx) => ctx.db.patch(userId, { disabled: true }));
	expect(await visitor.query(api.accounts.me, {})).toBeNull();
	await shop.run(async (ctx) => ctx.db.patch(userId, { disabled: false }));
	await visitor.mutation(api.sessions.end, {});
	expect(await visitor.query(api.accounts.me, {})).toBeNull();
});

test('lets the synthetic account look but not order', async () => {
	const { shop, server } = await openShop();
	const email = 'probe@shop.example';
	await shop.mutation(internal.seed.account, { email, name: 'Probe', passwordHash: 'h', synthetic: true });
	const userId = (await server.query(api.accounts.forSignIn, { email }))?.id;
	if (userId === undefined) throw new Error('the seed made no account');
	await server.mutation(api.sessions.begin, { userId, sid: 'p', expiresAt: later });
	const probe = shop.withIdentity({ subject: `${userId}|p` });
	expect(await probe.query(api.orders.mine, {})).toEqual([]);
	await expect(probe.mutation(api.orders.place, { slug: 'heaving-line', quantity: 1 })).rejects.toThrow(/no-rights/);
});
