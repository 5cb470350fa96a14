import { v } from 'convex/values';
import { internalMutation } from './_generated/server';
import { seedProducts } from './model/catalogue';

/** Fills an empty catalogue. Returns how many products were added: `npx convex run seed:catalogue`. */
export const catalogue = internalMutation({
	args: {},
	returns: v.number(),
	handler: async (ctx) => {
		if ((await ctx.db.query('products').first()) !== null) return 0;
		const sorted = [...seedProducts].sort((left, right) => left.name.localeCompare(right.name, 'en'));
		for (const [position, product] of sorted.entries()) await ctx.db.insert('products', { ...product, position });
		return sorted.length;
	},
});

/** Makes an account, or gives the existing one this name and password. Whether it is disabled stays as it is. */
export const account = internalMutation({
	args: { email: v.string(), name: v.string(), passwordHash: v.string(), synthetic: v.boolean() },
	returns: v.union(v.literal('made'), v.literal('changed')),
	handler: async (ctx, args) => {
		const existing = await ctx.db
			.query('users')
			.withIndex('by_email', (q) => q.eq('email', args.email))
			.unique();
		if (existing === null) await ctx.db.insert('users', { ...args, disabled: false });
		else await ctx.db.patch(existing._id, args);
		return existing === null ? ('made' as const) : ('changed' as const);
	},
});
