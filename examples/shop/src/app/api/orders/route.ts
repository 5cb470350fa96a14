import { findAccount } from '../../../data/accounts.ts';
import { listOrders, parseQuantity, placeOrder } from '../../../data/orders.ts';
import { findProduct } from '../../../data/products.ts';
import { answerUnreadableData } from '../../../http/answer-unreadable-data.ts';
import { answerFailure, answerJson, answerSeeOther } from '../../../http/answers.ts';
import { readInput } from '../../../http/read-input.ts';
import { logEvent } from '../../../log.ts';
import { csrf } from '../../../security/csrf.ts';
import { readSession } from '../../../security/sessions.ts';

/** One's own orders, newest first. */
export const GET = answerUnreadableData(tellOrders, { message: 'Your orders cannot be read at the moment.' });

/** Places an order, from the form or as JSON: `slug`, `quantity`, `csrf_token` (or the header). */
export const POST = answerUnreadableData(takeOrder, {
	message: 'Orders cannot be taken at the moment, and yours was not placed. Try again in a few minutes.',
	back: '/products',
});

async function tellOrders(request: Request): Promise<Response> {
	const reading = await readSession(request);
	if (reading.state !== 'signed-in') return answerJson(401, { error: 'signed-out', message: 'Sign in to see your orders.' });
	return answerJson(200, { orders: await listOrders(reading.session.sub) });
}

async function takeOrder(request: Request): Promise<Response> {
	const input = await readInput(request);
	const slug = input.ok ? (input.fields.get('slug') ?? '') : '';
	const place = /^[a-z0-9-]{1,80}$/.test(slug) ? `/products/${slug}` : '/products';
	const fail = (status: number, code: string, title: string, message: string): Response =>
		answerFailure({ form: input.form, status, code, title, message, back: place });
	if (!input.ok) return fail(input.status, 'bad-input', 'That could not be read', input.message);

	const reading = await readSession(request);
	const session = reading.state === 'signed-in' ? reading.session : null;
	const verdict = csrf.verify(request, session?.sid ?? null, input.fields.get(csrf.field) ?? null);
	if (!verdict.ok) return fail(verdict.status, verdict.code, 'The order was not accepted', verdict.message);
	const account = session === null ? null : await findAccount(session.sub);
	if (account === null) {
		return input.form
			? answerSeeOther(`/sign-in?next=${encodeURIComponent(place)}`)
			: fail(401, 'signed-out', 'Sign in first', 'Sign in to place an order.');
	}

	const product = await findProduct(slug);
	if (product === null) return fail(404, 'no-product', 'No such product', 'The product is not in the catalogue any more.');
	const quantity = parseQuantity(input.fields.get('quantity') ?? '', product.stock);
	if (quantity === null)
		return input.form
			? answerSeeOther(`${place}?problem=quantity`)
			: fail(422, 'quantity', 'Check the quantity', 'Expected a whole number that is in stock.');

	const order = await placeOrder(account.id, product, quantity);
	logEvent('info', 'order.placed', { order: order.id, slug, quantity });
	return input.form ? answerSeeOther(`/orders?placed=${order.id}`) : answerJson(201, { order });
}
