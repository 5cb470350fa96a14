import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Notice } from '../../components/notice.tsx';
import { listOrders } from '../../data/orders.ts';
import { formatMoney } from '../../money.ts';
import { readVisitor } from '../../security/visitor.ts';

export const metadata: Metadata = { title: 'Orders' };

const dates = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export default async function OrdersPage({ searchParams }: { searchParams: Promise<{ placed?: string | string[] }> }) {
	const { account, isUnknown } = await readVisitor();
	if (isUnknown) {
		return (
			<section className="narrow">
				<h1>Your orders</h1>
				<Notice tone="bad">Your orders cannot be shown at the moment: the shop cannot read who is signed in. They are not lost.</Notice>
			</section>
		);
	}
	if (account === null) redirect('/sign-in?next=/orders');
	const orders = await listOrders(account.id);
	const { placed } = await searchParams;
	const justPlaced = orders.find((order) => order.id === placed);
	return (
		<>
			<div className="section-head">
				<h1>Your orders</h1>
				<p className="quiet">{account.email}</p>
			</div>
			{justPlaced && (
				<Notice tone="good">
					Order {justPlaced.id} is placed: {justPlaced.quantity} × {justPlaced.name}.
				</Notice>
			)}
			{orders.length === 0 ? (
				<div className="empty">
					<p>You have not ordered anything yet.</p>
					<p>
						<Link className="button" href="/products">
							See all products
						</Link>
					</p>
				</div>
			) : (
				<ul className="orders">
					{orders.map((order) => (
						<li key={order.id} className="order">
							<div>
								<p className="order-name">
									<Link href={`/products/${order.slug}`}>{order.name}</Link>
								</p>
								<p className="quiet">
									<span className="code">{order.id}</span> ·{' '}
									<time dateTime={order.placedAt}>{dates.format(new Date(order.placedAt))} UTC</time>
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
			)}
		</>
	);
}
