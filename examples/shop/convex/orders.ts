import { ConvexError, v } from 'convex/values';
import { mutation, query } from './_generated/server';
import { findVisitor, requireVisitor } from './model/visitor';

const NEWEST = 50;
/** The most of one product that one order can take. */
export const maxQuantity = 20;

/** The caller's newest orders, newest first; null when the caller is nobody, so that a page can tell that from no orders. */
export const mine = query({
	args: {},
	handler: async (ctx) => {
		const visitor = await findVisitor(ctx);
		if (visitor === null) return null;
		return ctx.db
			.query('orders')
			.withIndex('by_user_and_time', (q) => q.eq('userId', visitor.user._id))
			.order('desc')
			.take(NEWEST);
	},
});

/** Places an order and takes it from the stock, both or neither. */
export const place = mutation({
	args: { slug: v.string(), quantity: v.number() },
	handler: async (ctx, { slug, quantity }) => {
		const { user } = await requireVisitor(ctx);
		if (user.synthetic) throw new ConvexError({ code: 'no-rights', message: 'This account is for monitoring and cannot order.' });
		const product = await ctx.db
			.query('products')
			.withIndex('by_slug', (q) => q.eq('slug', slug))
			.unique();
		if (product === null) throw new ConvexError({ code: 'no-product', message: 'The product is not in the catalogue any more.' });
		if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > Math.min(product.stock, maxQuantity))
			throw new ConvexError({ code: 'quantity', message: 'Expected a whole number that is in stock.' });
		await ctx.db.patch(product._id, { stock: product.stock - quantity });
		const order = {
			userId: user._id,
			number: makeNumber(),
			slug,
			name: product.name,
			unitPrice: product.price,
			quantity,
			placedAt: Date.now(),
		};
		await ctx.db.insert('orders', order);
		return { number: order.number, name: order.name, quantity };
	},
});

/** Without letters that are read as digits. */
function makeNumber(): string {
	const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
	return Array.from({ length: 8 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
}
