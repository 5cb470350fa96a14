'use client';

import { useEffect, useState } from 'react';
import type { Order } from '../backend/orders.ts';
import { type FollowState, followOrders } from './follow-orders.ts';
import { OrderList } from './order-list.tsx';

const words: Record<FollowState, string> = {
	connecting: 'Connecting …',
	live: 'Live: new orders appear here',
	broken: 'Not live at the moment: this is the list as it was last read. Reconnecting …',
	'signed-out': 'You are signed out. Load the page again to sign in.',
};

/** The orders as the server read them, kept up to date over the WebSocket. Without JavaScript it is the list alone. */
export function LiveOrders({ convexUrl, first }: { convexUrl: string | null; first: readonly Order[] }) {
	const [orders, setOrders] = useState(first);
	const [state, setState] = useState<FollowState | null>(null);
	useEffect(() => {
		if (convexUrl === null) return undefined;
		setState('connecting');
		return followOrders(convexUrl, { onOrders: setOrders, onState: setState });
	}, [convexUrl]);
	return (
		<>
			{state !== null && (
				<p className="quiet live" data-state={state} role="status">
					{words[state]}
				</p>
			)}
			<OrderList orders={orders} />
		</>
	);
}
