import { RefusedError } from '../../../backend/backend-error.ts';
import { listOrders, parseQuantity, placeOrder } from '../../../backend/orders.ts';
import { answerBackendFailure } from '../../../http/answer-backend-failure.ts';
import { answerFailure, answerJson, answerSeeOther } from '../../../http/answers.ts';
import { readInput } from '../../../http/read-input.ts';
import { logEvent } from '../../../log.ts';
import { csrf } from '../../../security/csrf.ts';
import { readSession } from '../../../security/sessions.ts';

/** One's own orders, newest first. */
export const GET = answerBackendFailure(tellOrders, { message: 'Your orders cannot be read at the moment.' });

/** Places an order, from the form or as JSON: `slug`, `quantity`, `csrf_token` (or the header). */
export const POST = answerBackendFailure(takeOrder, {
	message: 'Orders cannot be taken at the moment. Look at your orders in a few minutes before you try again.',
	back: '/products',
});

async function tellOrders(request: Request): Promise<Response> {
	const session = await readSession(request);
	const orders = session === null ? null : await listOrders(session);
	if (orders === null) return answerJson(401, { error: 'signed-out', message: 'Sign in to see your orders.' });
	return answerJson(200, {
		orders: orders.map(({ number, slug, name, unitPrice, quantity, placedAt }) => ({
			id: number,
			slug,
			name,
			unitPrice,
			quantity,
			placedAt: new Date(placedAt).toISOString(),
		})),
	});
}

async function takeOrder(request: Request): Promise<Response> {
	const input = await readInput(request);
	const slug = input.ok ? (input.fields.get('slug') ?? '') : '';
	const place = /^[a-z0-9-]{1,80}$/.test(slug) ? `/products/${slug}` : '/products';
	const fail = (status: number, code: string, title: string, message: string): Response =>
		answerFailure({ form: input.form, status, code, title, message, back: place });
	if (!input.ok) return fail(input.status, 'bad-input', 'That could not be read', input.message);

	const session = await readSession(request);
	const verdict = csrf.verify(request, session?.sid ?? null, input.fields.get(csrf.field) ?? null);
	if (!verdict.ok) return fail(verdict.status, verdict.code, 'The order was not accepted', verdict.message);
	try {
		if (session === null) throw new RefusedError('signed-out', 'Sign in to place an order.');
		const quantity = parseQuantity(input.fields.get('quantity') ?? '');
		if (quantity === null) throw new RefusedError('quantity', 'Expected a whole number that is in stock.');
		const order = await placeOrder(session, slug, quantity);
		logEvent('info', 'order.placed', { order: order.number, slug, quantity });
		return input.form ? answerSeeOther(`/orders?placed=${order.number}`) : answerJson(201, { order: { id: order.number, ...order } });
	} catch (cause) {
		if (!(cause instanceof RefusedError)) throw cause;
		switch (cause.code) {
			case 'signed-out':
				return input.form
					? answerSeeOther(`/sign-in?next=${encodeURIComponent(place)}`)
					: fail(401, 'signed-out', 'Sign in first', cause.message);
			case 'quantity':
				return input.form ? answerSeeOther(`${place}?problem=quantity`) : fail(422, 'quantity', 'Check the quantity', cause.message);
			case 'no-product':
				return fail(404, 'no-product', 'No such product', cause.message);
			default:
				return fail(403, cause.code, 'The order was not accepted', cause.message);
		}
	}
}
