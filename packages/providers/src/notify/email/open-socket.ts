/** The connection to an SMTP server, through the guard of all others: the address is judged before it is used. */
import net from 'node:net';
import { checkReach, createGuardedLookup, TargetRefusedError } from '@holdfast/checks/target';
import type { VendorReach } from '@holdfast/checks/vendors';
import { rewordRefusal } from '../reword-refusal.ts';

export interface OpenSocket {
	readonly socket: net.Socket;
	/** Whether the address at the other end is one of the public internet. */
	readonly isPublic: boolean;
}

/** @param done called once: with a TargetRefusedError or an error of the socket, or with the connection. */
export function openSocket(
	{ host, port }: { readonly host: string; readonly port: number },
	{ reach, signal }: { readonly reach: VendorReach; readonly signal: AbortSignal },
	done: (error: Error | null, open?: OpenSocket) => void,
): void {
	const refusal = checkReach(host, reach);
	const obstacle = refusal !== null ? rewordRefusal(new TargetRefusedError(refusal), host) : signal.aborted ? new Error('stopped') : null;
	if (obstacle !== null) {
		done(obstacle);
		return;
	}
	const socket = net.connect({ host, port, lookup: createGuardedLookup(reach) });
	const stop = () => socket.destroy(new Error('stopped'));
	signal.addEventListener('abort', stop, { once: true });
	const fail = (error: Error) => {
		signal.removeEventListener('abort', stop);
		done(rewordRefusal(error, host));
	};
	socket.once('error', fail);
	socket.once('connect', () => {
		socket.off('error', fail);
		signal.removeEventListener('abort', stop);
		done(null, { socket, isPublic: checkReach(socket.remoteAddress ?? '', { private: false }) === null });
	});
}
