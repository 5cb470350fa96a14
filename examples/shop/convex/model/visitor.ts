import type { Auth } from 'convex/server';
import { ConvexError } from 'convex/values';
import type { Doc, Id } from '../_generated/dataModel';
import type { QueryCtx } from '../_generated/server';

/** Subject of the tokens with which the app's server speaks for itself: registering, and reading what a sign-in is compared with. */
const SERVER = 'shop-server';

/** Refuses everybody but the app's own server. Browsers get tokens whose subject is a user's. */
export async function requireServer(ctx: { auth: Auth }): Promise<void> {
	const identity = await ctx.auth.getUserIdentity();
	if (identity?.subject !== SERVER) throw new ConvexError({ code: 'forbidden', message: 'Only the server of the shop may do this.' });
}

/** The user who is calling, or null: no token, a session that was ended or is over, an account that is gone or disabled. */
export async function findVisitor(ctx: QueryCtx): Promise<{ user: Doc<'users'>; session: Doc<'sessions'> } | null> {
	const identity = await ctx.auth.getUserIdentity();
	const [userId, sid] = identity?.subject.split('|') ?? [];
	if (!userId || !sid) return null;
	const session = await ctx.db
		.query('sessions')
		.withIndex('by_sid', (q) => q.eq('sid', sid))
		.unique();
	if (session === null || session.userId !== (userId as Id<'users'>) || session.expiresAt <= Date.now()) return null;
	const user = await ctx.db.get(session.userId);
	return user === null || user.disabled ? null : { user, session };
}

/** Like findVisitor, and refuses a caller who is nobody. */
export async function requireVisitor(ctx: QueryCtx): Promise<{ user: Doc<'users'>; session: Doc<'sessions'> }> {
	const visitor = await findVisitor(ctx);
	if (visitor === null) throw new ConvexError({ code: 'signed-out', message: 'Sign in first.' });
	return visitor;
}
