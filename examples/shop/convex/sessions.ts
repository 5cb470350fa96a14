import { ConvexError, v } from 'convex/values';
import { mutation } from './_generated/server';
import { findVisitor, requireServer } from './model/visitor';

const CLEARED_AT_ONCE = 20;

/** Begins a session of a user. For the app's server only, which has compared the password. */
export const begin = mutation({
	args: { userId: v.id('users'), sid: v.string(), expiresAt: v.number() },
	handler: async (ctx, { userId, sid, expiresAt }) => {
		await requireServer(ctx);
		const user = await ctx.db.get(userId);
		if (user === null || user.disabled) throw new ConvexError({ code: 'no-account', message: 'There is no such account.' });
		const over = await ctx.db
			.query('sessions')
			.withIndex('by_user_and_expiry', (q) => q.eq('userId', userId).lt('expiresAt', Date.now()))
			.take(CLEARED_AT_ONCE);
		for (const session of over) await ctx.db.delete(session._id);
		await ctx.db.insert('sessions', { userId, sid, expiresAt });
		return null;
	},
});

/** Ends the caller's session: a copy of its cookie or token is worth nothing afterwards. Nothing to do for nobody. */
export const end = mutation({
	args: {},
	handler: async (ctx) => {
		const visitor = await findVisitor(ctx);
		if (visitor !== null) await ctx.db.delete(visitor.session._id);
		return null;
	},
});
