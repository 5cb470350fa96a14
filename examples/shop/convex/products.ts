import { v } from 'convex/values';
import { query } from './_generated/server';

const MAX_PAGE_SIZE = 50;

/** One page of the catalogue, by name. A page beyond the end is the last one. Reads the page and the last product, nothing else. */
export const list = query({
	args: { page: v.number(), size: v.number() },
	handler: async (ctx, args) => {
		const size = Math.min(MAX_PAGE_SIZE, Math.max(1, Math.floor(args.size)));
		const last = await ctx.db.query('products').withIndex('by_position').order('desc').first();
		const total = last === null ? 0 : last.position + 1;
		const pageCount = Math.max(1, Math.ceil(total / size));
		const page = Math.min(Math.max(1, Math.floor(args.page)), pageCount);
		const products = await ctx.db
			.query('products')
			.withIndex('by_position', (q) => q.gte('position', (page - 1) * size).lt('position', page * size))
			.collect();
		return { products, page, pageCount, total };
	},
});

/** A product, or null when there is none of that slug. */
export const bySlug = query({
	args: { slug: v.string() },
	handler: async (ctx, { slug }) =>
		ctx.db
			.query('products')
			.withIndex('by_slug', (q) => q.eq('slug', slug))
			.unique(),
});
