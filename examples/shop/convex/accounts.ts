import { ConvexError, v } from 'convex/values';
import { mutation, query } from './_generated/server';
import { findVisitor, requireServer } from './model/visitor';

/** Who is calling; null for nobody. */
export const me = query({
	args: {},
	handler: async (ctx) => {
		const visitor = await findVisitor(ctx);
		if (visitor === null) return null;
		const { _id, email, name, synthetic } = visitor.user;
		return { id: _id, email, name, synthetic };
	},
});

/** What a sign-in is compared with. For the app's server only; null when there is no such account. */
export const forSignIn = query({
	args: { email: v.string() },
	handler: async (ctx, { email }) => {
		await requireServer(ctx);
		const user = await ctx.db
			.query('users')
			.withIndex('by_email', (q) => q.eq('email', email))
			.unique();
		return user === null
			? null
			: { id: user._id, email: user.email, name: user.name, passwordHash: user.passwordHash, disabled: user.disabled };
	},
});

/** Makes an account. For the app's server only. Refuses with `taken` when the address has one. */
export const register = mutation({
	args: { email: v.string(), name: v.string(), passwordHash: v.string() },
	handler: async (ctx, { email, name, passwordHash }) => {
		await requireServer(ctx);
		const existing = await ctx.db
			.query('users')
			.withIndex('by_email', (q) => q.eq('email', email))
			.unique();
		if (existing !== null) throw new ConvexError({ code: 'taken', message: 'This e-mail address has an account already.' });
		return ctx.db.insert('users', { email, name, passwordHash, disabled: false, synthetic: false });
	},
});
