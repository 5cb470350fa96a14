import { networkInterfaces } from 'node:os';

/** @returns {string | null} An IPv4 address of this machine beside loopback. */
export function findLanAddress() {
	const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
	return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? null;
}
