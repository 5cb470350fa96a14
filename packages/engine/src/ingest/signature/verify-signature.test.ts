import { createHmac } from 'node:crypto';
import { Secret } from '@holdfast/checks/secret';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signForHoldfast, verifyHoldfastSignature, verifyVercelSignature } from './verify-signature.ts';

const secret = new Secret('a-secret-of-a-drain');
const old = new Secret('the-one-before');
const body = Buffer.from('[{"id":"1"}]');
const NOW = 1_795_855_210_000;

describe('of Vercel', () => {
	const sign = (bytes: Buffer, key = secret) => createHmac('sha1', key.reveal()).update(bytes).digest('hex');

	it('holds for the raw body, for the one after decompression, and under each secret of a rotation', () => {
		expect(verifyVercelSignature(sign(body), [body], [secret])).toEqual({ ok: true });
		expect(verifyVercelSignature(sign(body).toUpperCase(), [body], [secret])).toEqual({ ok: true });
		expect(verifyVercelSignature(sign(body), [Buffer.from('gzipped'), body], [secret])).toEqual({ ok: true });
		expect(verifyVercelSignature(sign(body, old), [body], [secret, old])).toEqual({ ok: true });
	});

	it.each([
		[undefined, 'no_signature'],
		['', 'bad_signature'],
		['00', 'bad_signature'],
		[sign(Buffer.from('other')), 'bad_signature'],
		[sign(body, old), 'bad_signature'],
	])('%s: %s', (signature, code) => {
		expect(verifyVercelSignature(signature, [body], [secret])).toMatchObject({ ok: false, code });
	});

	it('holds for nothing when there is no secret', () => {
		expect(verifyVercelSignature(sign(body), [body], [])).toMatchObject({ ok: false });
	});
});

describe('of ours', () => {
	const check = (signature: string | undefined, bytes = body, now = NOW) =>
		verifyHoldfastSignature(signature, bytes, { secrets: [secret], now });

	it('holds for five minutes, for the same body and secret', () => {
		const signature = signForHoldfast(body, secret, NOW);
		expect(check(signature)).toEqual({ ok: true });
		expect(check(signature, body, NOW + 299_000)).toEqual({ ok: true });
		expect(check(signature, body, NOW + 302_000)).toMatchObject({ code: 'stale_signature' });
		expect(check(signature, body, NOW - 302_000)).toMatchObject({ code: 'stale_signature' });
		expect(check(signature, Buffer.from('other'))).toMatchObject({ code: 'bad_signature' });
		expect(check(signForHoldfast(body, old, NOW))).toMatchObject({ code: 'bad_signature' });
		expect(check(undefined)).toMatchObject({ code: 'no_signature' });
	});

	it('is not younger by claiming so', () => {
		const signature = signForHoldfast(body, secret, NOW - 3_600_000);
		expect(check(signature.replace(/t=\d+/, `t=${NOW / 1000}`))).toMatchObject({ code: 'bad_signature' });
	});

	it('throws for no text at all, and holds for none that was not signed', () => {
		fc.assert(fc.property(fc.string(), (text) => !check(text).ok));
	});

	it('holds for every body that was signed', () => {
		fc.assert(fc.property(fc.uint8Array(), (bytes) => check(signForHoldfast(bytes, secret, NOW), Buffer.from(bytes)).ok));
	});
});
