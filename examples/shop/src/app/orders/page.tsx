import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { listOrders } from '../../backend/orders.ts';
import { LiveOrders } from '../../components/live-orders.tsx';
import { Notice } from '../../components/notice.tsx';
import { convexUrl } from '../../environment.ts';
import { readVisitor } from '../../security/visitor.ts';

export const metadata: Metadata = { title: 'Orders' };

export default async function OrdersPage({ searchParams }: { searchParams: Promise<{ placed?: string | string[] }> }) {
	const { account, session, isUnknown } = await readVisitor();
	if (isUnknown) throw new Error('The orders cannot be shown: Convex did not tell who is signed in.');
	if (account === null || session === null) redirect('/sign-in?next=/orders');
	const orders = await listOrders(session);
	if (orders === null) redirect('/sign-in?next=/orders');
	const { placed } = await searchParams;
	const justPlaced = orders.find((order) => order.number === placed);
	return (
		<>
			<div className="section-head">
				<h1>Your orders</h1>
				<p className="quiet">{account.email}</p>
			</div>
			{justPlaced && (
				<Notice tone="good">
					Order {justPlaced.number} is placed: {`${justPlaced.quantity}\u00a0×\u00a0${justPlaced.name}`}.
				</Notice>
			)}
			<LiveOrders
				convexUrl={convexUrl}
				first={orders.map(({ number, slug, name, unitPrice, quantity, placedAt }) => ({
					number,
					slug,
					name,
					unitPrice,
					quantity,
					placedAt,
				}))}
			/>
		</>
	);
}
