import { randomBytes } from 'node:crypto';
import { jsonFile } from './json-file.ts';
import type { Product } from './products.ts';

export interface Order {
	/** Eight letters and digits, as a person reads them out. */
	readonly id: string;
	readonly accountId: string;
	readonly slug: string;
	/** Name and price as they were when the order was placed. */
	readonly name: string;
	readonly unitPrice: number;
	readonly quantity: number;
	/** ISO 8601, UTC. */
	readonly placedAt: string;
}

export const maxQuantity = 20;

const ordersFile = jsonFile<readonly Order[]>('orders.json', [], isOrders);

/** Places an order. */
export function placeOrder(accountId: string, product: Product, quantity: number): Promise<Order> {
	const order: Order = {
		id: randomBytes(5).toString('hex').slice(0, 8).toUpperCase(),
		accountId,
		slug: product.slug,
		name: product.name,
		unitPrice: product.price,
		quantity,
		placedAt: new Date().toISOString(),
	};
	return ordersFile.update((orders) => ({ content: [...orders, order], result: order }));
}

/** The orders of an account, newest first. */
export async function listOrders(accountId: string): Promise<readonly Order[]> {
	return (await ordersFile.read()).filter((order) => order.accountId === accountId).reverse();
}

/** The quantity that a visitor typed, or null when it is not a whole number from 1 to the most that can be ordered. */
export function parseQuantity(value: string, stock: number): number | null {
	const quantity = /^\d{1,4}$/.test(value.trim()) ? Number(value) : 0;
	return quantity >= 1 && quantity <= Math.min(stock, maxQuantity) ? quantity : null;
}

function isOrders(content: unknown): content is readonly Order[] {
	return Array.isArray(content) && content.every(isOrder);
}

function isOrder(content: unknown): content is Order {
	if (typeof content !== 'object' || content === null) return false;
	const { id, accountId, slug, name, unitPrice, quantity, placedAt } = content as Record<string, unknown>;
	return (
		[id, accountId, slug, name, placedAt].every((text) => typeof text === 'string') && [unitPrice, quantity].every(Number.isSafeInteger)
	);
}
