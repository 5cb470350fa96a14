import type { IncomingMessage } from 'node:http';

/** A header that stands once; of several the first counts. */
export function readHeader({ headers }: IncomingMessage, name: string): string | undefined {
	const value = headers[name];
	return Array.isArray(value) ? value[0] : value;
}
