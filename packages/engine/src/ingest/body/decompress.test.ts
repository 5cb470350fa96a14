import * as zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ACCEPTED_ENCODINGS, decompress } from './decompress.ts';

const text = Buffer.from('an envelope, '.repeat(100));
const hasZstd = 'zstdDecompress' in zlib;

it.each([
	['gzip', zlib.gzipSync(text)],
	['x-gzip', zlib.gzipSync(text)],
	['GZIP ', zlib.gzipSync(text)],
	['deflate', zlib.deflateSync(text)],
	['deflate', zlib.deflateRawSync(text)],
	['br', zlib.brotliCompressSync(text)],
	['identity', text],
	[undefined, text],
])('undoes %s', async (encoding, bytes) => {
	expect(await decompress(bytes, encoding, 10_000)).toEqual({ ok: true, bytes: text });
});

it('undoes zstd where Node.js can, and says which one could where it cannot', async () => {
	// The bytes of `zstd` for "an envelope", in one raw block (RFC 8878).
	const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x0b, 0x59, 0x00, 0x00, ...Buffer.from('an envelope')]);
	const result = await decompress(frame, 'zstd', 10_000);
	if (hasZstd) expect(result.ok && result.bytes.toString()).toBe('an envelope');
	else expect(result).toMatchObject({ ok: false, status: 415, detail: expect.stringContaining('22.15') });
	expect(ACCEPTED_ENCODINGS.includes('zstd')).toBe(hasZstd);
});

describe('refuses', () => {
	it.each(['compress', 'gzip, br', '__proto__', 'toString', 'gzip\r\nX: 1'])('%j as 415', async (encoding) => {
		expect(await decompress(text, encoding, 10_000)).toMatchObject({ ok: false, status: 415 });
	});

	it.each([
		['gzip', zlib.gzipSync(text).subarray(0, 40)],
		['gzip', text],
		['deflate', text],
		['br', text],
	])('a damaged %s as 400', async (encoding, bytes) => {
		expect(await decompress(bytes, encoding, 10_000)).toMatchObject({ ok: false, status: 400 });
	});

	it.each([
		['gzip', zlib.gzipSync(Buffer.alloc(50_000_000))],
		['deflate', zlib.deflateSync(Buffer.alloc(50_000_000))],
		['br', zlib.brotliCompressSync(Buffer.alloc(50_000_000), { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 } })],
		['identity', Buffer.alloc(1_000_001)],
	])('a bomb of %s as 413', async (encoding, bytes) => {
		expect(await decompress(bytes, encoding, 1_000_000)).toMatchObject({ ok: false, status: 413 });
	});
});
