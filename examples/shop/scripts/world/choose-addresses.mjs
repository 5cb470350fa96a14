import { findFreePort } from './find-free-port.mjs';

/** @typedef {{ shop: number, convex: number, site: number }} Ports */

/**
 * Free ports and the URLs that people know. Over TLS the known ports are those of edges in front, and the processes get others. The deployment is
 * then called `localhost`, the name of the certificate; its HTTP actions are asked by nobody but this machine and stay plain.
 *
 * @param {{ wanted: Partial<Ports>, host: string, tls: boolean }} options `wanted`: where to begin to look.
 * @returns {Promise<{ ports: Ports, edgePorts: Ports, urls: { shop: string, convex: string, site: string } }>} `edgePorts` are `ports` without TLS.
 */
export async function chooseAddresses({ wanted, host, tls }) {
	const convex = await findFreePort(wanted.convex ?? 3210);
	const site = await findFreePort(wanted.site ?? convex + 1, new Set([convex]));
	const shop = await findFreePort(wanted.shop ?? 3000, new Set([convex, site]));
	const edgePorts = { shop, convex, site };
	const named = host === '127.0.0.1' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
	if (!tls) {
		const urls = { shop: `http://${named}:${shop}`, convex: `http://127.0.0.1:${convex}`, site: `http://127.0.0.1:${site}` };
		return { ports: edgePorts, edgePorts, urls };
	}
	const inner = await findFreePort(0, new Set([convex, site, shop]));
	const ports = { convex: inner, site, shop: await findFreePort(0, new Set([convex, site, shop, inner])) };
	return {
		ports,
		edgePorts,
		urls: { shop: `https://${named}:${shop}`, convex: `https://localhost:${convex}`, site: `http://127.0.0.1:${site}` },
	};
}
