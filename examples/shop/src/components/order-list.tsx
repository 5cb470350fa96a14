import Link from 'next/link';
import type { Order } from '../backend/orders.ts';
import { formatMoney } from '../money.ts';

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** Orders, newest first; says so when there are none. */
export function OrderList({ orders }: { orders: readonly Order[] }) {
	if (orders.length === 0)
		return (
			<div className="empty">
				<p>You have not ordered anything yet.</p>
				<p>
					<Link className="button" href="/products">
						See all products
					</Link>
				</p>
			</div>
		);
	return (
		<ul className="orders">
			{orders.map((order) => (
				<li key={order.number} className="order">
					<div>
						<p className="order-name">
							<Link href={`/products/${order.slug}`}>{order.name}</Link>
						</p>
						<p className="quiet">
							<span className="code">{order.number}</span> ·{' '}
							<time dateTime={new Date(order.placedAt).toISOString()}>{dates.format(new Date(order.placedAt))} UTC</time>
						</p>
					</div>
					<p className="order-sum">
						<span className="quiet">
							{order.quantity} × {formatMoney(order.unitPrice)}
						</span>
						<span className="price">{formatMoney(order.quantity * order.unitPrice)}</span>
					</p>
				</li>
			))}
		</ul>
	);
}
