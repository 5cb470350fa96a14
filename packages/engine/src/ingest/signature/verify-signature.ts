import { createHmac } from 'node:crypto';
import type { Secret } from '@holdfast/checks/secret';
import { isSameDigest } from './same-digest.ts';

export type SignatureVerdict =
	| { readonly ok: true }
	| { readonly ok: false; readonly code: 'no_signature' | 'bad_signature' | 'stale_signature'; readonly detail: string };

/** How far a signature's time may be from ours. */
const TOLERANCE_MS = 5 * 60_000;

/**
 * `x-vercel-signature`: hex HMAC-SHA1 of the raw body, of log drains (https://vercel.com/docs/drains/security) and webhooks
 * (https://vercel.com/docs/webhooks/webhooks-api#securing-webhooks).
 * @param bodies what the signature may be of: the bytes as they came, and those after decompression, because Vercel does not say which.
 */
export function verifyVercelSignature(
	signature: string | undefined,
	bodies: readonly Uint8Array[],
	secrets: readonly Secret[],
): SignatureVerdict {
	if (signature === undefined) return { ok: false, code: 'no_signature', detail: 'expected x-vercel-signature, got none' };
	const matches = secrets.some((secret) =>
		bodies.some((body) => isSameDigest(signature, createHmac('sha1', secret.reveal()).update(body).digest('hex'))),
	);
	if (matches) return { ok: true };
	return {
		ok: false,
		code: 'bad_signature',
		detail: 'expected x-vercel-signature to be the HMAC-SHA1 of the body under the secret, got another',
	};
}

/**
 * `x-holdfast-signature: t=<seconds since 1970>,v1=<hex HMAC-SHA256 of "<t>.<raw body>">`. Several secrets may hold during a rotation. A signature that is
 * more than five minutes from `now` is refused, so that a delivery cannot be replayed later.
 */
export function verifyHoldfastSignature(signature: string | undefined, body: Uint8Array, options: VerifyOptions): SignatureVerdict {
	if (signature === undefined)
		return { ok: false, code: 'no_signature', detail: 'expected x-holdfast-signature: t=<seconds>,v1=<HMAC-SHA256>, got none' };
	const { time, digests } = readSignature(signature);
	const matches = options.secrets.some((secret) => digests.some((digest) => isSameDigest(digest, signBody(time, body, secret))));
	if (!matches)
		return {
			ok: false,
			code: 'bad_signature',
			detail: 'expected x-holdfast-signature to be made of "<t>.<body>" under the secret, got another',
		};
	if (Math.abs(options.now - Number(time) * 1000) > TOLERANCE_MS)
		return {
			ok: false,
			code: 'stale_signature',
			detail: 'expected a signature of the last five minutes, got one of another time; is the clock right?',
		};
	return { ok: true };
}

export interface VerifyOptions {
	readonly secrets: readonly Secret[];
	readonly now: number;
}

/** Makes the header that `verifyHoldfastSignature` accepts. `now` in milliseconds. */
export function signForHoldfast(body: Uint8Array, secret: Secret, now: number): string {
	const time = String(Math.floor(now / 1000));
	return `t=${time},v1=${signBody(time, body, secret)}`;
}

function signBody(time: string, body: Uint8Array, secret: Secret): string {
	return createHmac('sha256', secret.reveal()).update(`${time}.`).update(body).digest('hex');
}

function readSignature(signature: string): { readonly time: string; readonly digests: readonly string[] } {
	const pairs = signature
		.slice(0, 1_024)
		.split(',')
		.map((pair) => pair.trim().split('='));
	const time = pairs.find(([name]) => name === 't')?.[1] ?? '';
	const digests = pairs.flatMap(([name, value]) => (name === 'v1' && value !== undefined ? [value] : []));
	return { time: /^\d{1,12}$/.test(time) ? time : '0', digests };
}
