import { expect, it } from 'vitest';
import { createMask } from './mask-secrets.ts';

const secret = 'Zq81"xTp  M4w/L0';
const mask = createMask([secret, 'short']);

it.each([
	['as it is', `Bearer ${secret}`],
	['as JSON writes it', JSON.stringify({ authorization: secret })],
	['as a URL writes it', `?token=${encodeURIComponent(secret)}`],
	['as HTML writes it', secret.replaceAll('"', '&quot;')],
	['with its white space as one space', secret.replace(/\s+/g, ' ')],
	['in base64', `Basic ${Buffer.from(secret).toString('base64')}`],
])('takes a secret out of a text, %s', (_name, text) => {
	expect(mask(text)).toContain('[redacted]');
	expect(mask(text)).not.toContain('xTp');
});

it('goes into lists and objects, and leaves everything else as it is', () => {
	const bytes = new Uint8Array([1, 2]);
	const value = { list: [secret, 7, null, true], inner: { bytes } };
	expect(mask(value)).toEqual({ list: ['[redacted]', 7, null, true], inner: { bytes } });
	expect(mask(value).inner.bytes).toBe(bytes);
});

it('leaves words alone that are too short to be a secret', () => {
	expect(mask('a short word')).toBe('a short word');
});
