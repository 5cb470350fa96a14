import { ConvexClient } from 'convex/browser';
import { api } from '../../convex/_generated/api.js';
import type { Order } from '../backend/orders.ts';

export type FollowState = 'connecting' | 'live' | 'broken' | 'signed-out';

/** Subscribes to the visitor's orders over Convex's WebSocket. Returns what ends the subscription. Never throws: what goes wrong is a state. */
export function followOrders(
	convexUrl: string,
	listener: { onOrders: (orders: readonly Order[]) => void; onState: (state: FollowState) => void },
): () => void {
	let client: ConvexClient;
	try {
		client = new ConvexClient(convexUrl, { skipConvexDeploymentUrlCheck: true, unsavedChangesWarning: false });
	} catch {
		listener.onState('broken');
		return () => {};
	}
	let hasAnswer = false;
	let isSignedOut = false;
	const tell = (): void => {
		if (isSignedOut) listener.onState('signed-out');
		else if (client.connectionState().isWebSocketConnected) listener.onState(hasAnswer ? 'live' : 'connecting');
		else listener.onState(client.connectionState().connectionRetries > 1 ? 'broken' : 'connecting');
	};
	client.setAuth(async () => {
		const response = await fetch('/api/token', { cache: 'no-store' }).catch(() => null);
		isSignedOut = response?.status === 401;
		if (!response?.ok) return null;
		const { token } = (await response.json()) as { token: string };
		return token;
	});
	client.onUpdate(
		api.orders.mine,
		{},
		(orders) => {
			// Null is the answer to nobody: also while the token is on its way.
			if (orders !== null) {
				hasAnswer = true;
				listener.onOrders(orders);
			}
			tell();
		},
		() => listener.onState('broken'),
	);
	const unsubscribe = client.subscribeToConnectionState(tell);
	return () => {
		unsubscribe();
		void client.close();
	};
}
