import { api } from '../../convex/_generated/api.js';
import type { Doc } from '../../convex/_generated/dataModel.d.ts';
import { mutate, query } from './ask-backend.ts';

export type Order = Pick<Doc<'orders'>, 'number' | 'slug' | 'name' | 'unitPrice' | 'quantity' | 'placedAt'>;

/** Same as in convex/orders.ts, which has the last word. */
export const maxQuantity = 20;

/** Places an order for the holder of the session. Rejects with RefusedError: `signed-out`, `no-product`, `quantity`, `no-rights`. */
export function placeOrder(
	session: { sub: string; sid: string },
	slug: string,
	quantity: number,
): Promise<{ number: string; name: string; quantity: number }> {
	return mutate(api.orders.place, { slug, quantity }, { userId: session.sub, sid: session.sid });
}

/** The newest orders of the holder of the session, newest first; null when the session is not good any more. */
export function listOrders(session: { sub: string; sid: string }): Promise<readonly Order[] | null> {
	return query(api.orders.mine, {}, { userId: session.sub, sid: session.sid });
}

/** The quantity that a visitor typed, or null when it is not a whole number from 1 to 9999. */
export function parseQuantity(value: string): number | null {
	const quantity = /^\d{1,4}$/.test(value.trim()) ? Number(value) : 0;
	return quantity >= 1 ? quantity : null;
}
