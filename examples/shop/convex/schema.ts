import { defineSchema, defineTable } from 'convex/server';
import { v } from 'convex/values';

/** What a product is drawn as. */
export const productKind = v.union(
	v.literal('rope'),
	v.literal('cleat'),
	v.literal('lantern'),
	v.literal('block'),
	v.literal('knife'),
	v.literal('bell'),
	v.literal('bag'),
	v.literal('compass'),
	v.literal('shackle'),
	v.literal('flag'),
);

export default defineSchema({
	users: defineTable({
		/** Lower case, without white space around it. */
		email: v.string(),
		name: v.string(),
		/** `scrypt$N$r$p$salt$key`, made and compared by the app's server. */
		passwordHash: v.string(),
		disabled: v.boolean(),
		/** An account that monitoring signs in with: it may look, and never order. */
		synthetic: v.boolean(),
	}).index('by_email', ['email']), // accounts:forSignIn, accounts:register
	sessions: defineTable({
		/** The id that the sealed cookie and the token carry. */
		sid: v.string(),
		userId: v.id('users'),
		/** Milliseconds since the epoch. */
		expiresAt: v.number(),
	})
		.index('by_sid', ['sid']) // every function that asks who is calling
		.index('by_user_and_expiry', ['userId', 'expiresAt']), // sessions:begin clears the ones that are over
	products: defineTable({
		slug: v.string(),
		name: v.string(),
		kind: productKind,
		category: v.union(v.literal('deck'), v.literal('cabin')),
		summary: v.string(),
		description: v.string(),
		/** Euro cents. */
		price: v.number(),
		stock: v.number(),
		/** Place in the catalogue, from 0 without gaps: a page is a range of the index. */
		position: v.number(),
	})
		.index('by_slug', ['slug']) // products:bySlug, orders:place
		.index('by_position', ['position']), // products:list
	orders: defineTable({
		userId: v.id('users'),
		/** Eight letters and digits, as a person reads them out. */
		number: v.string(),
		slug: v.string(),
		/** Name and price as they were when the order was placed. */
		name: v.string(),
		unitPrice: v.number(),
		quantity: v.number(),
		/** Milliseconds since the epoch. */
		placedAt: v.number(),
	})
		.index('by_user_and_time', ['userId', 'placedAt']) // orders:mine
		.index('by_time', ['placedAt']), // orders since a time, for the people who run the shop
});
