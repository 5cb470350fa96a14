/** Where an observation was made, so that a fault explains only what lies at the same place. */
import type { Observation } from '../contract.ts';

export interface Place {
	/** Lower case, without port; empty when the subject names none. */
	readonly host: string;
	/** That of the scheme where the URL names none; null where only a name was looked at. */
	readonly port: string | null;
	/** Path without query; `/` for a bare host. */
	readonly path: string;
}

/** @returns host, port and path of the subject, which is a URL, `host:port` or a name. */
export function placeOf(observation: Observation): Place {
	const subject = observation.subject.trim();
	if (URL.canParse(subject) && subject.includes('://')) {
		const url = new URL(subject);
		const port = url.port === '' ? (defaultPorts[url.protocol] ?? null) : url.port;
		return { host: url.hostname.toLowerCase(), port, path: url.pathname };
	}
	const match = /^(\[[^\]\s]+\]|[^\s:/]+)(?::(\d+))?$/.exec(subject);
	return { host: (match?.[1] ?? '').toLowerCase(), port: match?.[2] ?? null, path: '/' };
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** The same host, and the same port where both name one: on one machine, two ports are two services. */
export function isSameHost(a: Place, b: Place): boolean {
	return a.host === b.host && (a.port === null || b.port === null || a.port === b.port);
}
