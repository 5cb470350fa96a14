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

/** @throws TargetRefusedError, an error of the socket, or the signal's reason. */
export function openSocket(host: string, port: number, reach: VendorReach, signal: AbortSignal): Promise<OpenSocket> {
	return new Promise((resolve, reject) => {
		const refusal = checkReach(host, reach);
		if (refusal !== null) return reject(rewordRefusal(new TargetRefusedError(refusal), host));
		if (signal.aborted) return reject(signal.reason);
		const socket = net.connect({ host, port, lookup: createGuardedLookup(reach) });
		const stop = () => socket.destroy(new Error('stopped'));
		signal.addEventListener('abort', stop, { once: true });
		const fail = (error: Error) => {
			signal.removeEventListener('abort', stop);
			reject(rewordRefusal(error, host));
		};
		socket.once('error', fail);
		socket.once('connect', () => {
			socket.off('error', fail);
			signal.removeEventListener('abort', stop);
			resolve({ socket, isPublic: checkReach(socket.remoteAddress ?? '', { private: false }) === null });
		});
	});
}
