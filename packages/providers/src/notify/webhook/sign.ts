/**
 * Signatures of Standard Webhooks 1.0.0 (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md):
 * HMAC-SHA256 over `id.timestamp.body`, base64, after `v1,`. Several signatures stand one after the other, so that a secret can be
 * changed while receivers still know the old one.
 */
import { createHash, createHmac } from 'node:crypto';
import type { Secret } from '@holdfast/checks/secret';

export interface SignedHeaders {
	readonly 'webhook-id': string;
	readonly 'webhook-timestamp': string;
	readonly 'webhook-signature': string;
}

/** @param at the time of this attempt, in milliseconds since the epoch: receivers refuse what is older than some minutes. */
export function signWebhook(id: string, at: number, body: string, keys: readonly Buffer[]): SignedHeaders {
	const timestamp = String(Math.floor(at / 1000));
	const signatures = keys.map((key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
	return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

/** The same for every attempt. The id must hold no full stop, which would move the borders of what is signed. */
export function toWebhookId(dedupKey: string): string {
	return `msg_${createHash('sha256').update(dedupKey).digest('base64url').slice(0, 27)}`;
}

/** `whsec_` and base64 of 24 to 64 bytes; the prefix may be missing. @returns null for anything else. */
export function readSigningKey(secret: Secret): Buffer | null {
	const text = secret
		.reveal()
		.trim()
		.replace(/^whsec_/, '');
	if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return null;
	const key = Buffer.from(text, 'base64');
	return key.length >= 24 && key.length <= 64 ? key : null;
}
