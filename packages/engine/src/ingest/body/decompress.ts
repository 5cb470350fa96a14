import * as zlib from 'node:zlib';

export type Decompression =
	| { readonly ok: true; readonly bytes: Buffer }
	| {
			readonly ok: false;
			readonly status: 400 | 413 | 415;
			readonly code: 'bad_encoding' | 'too_large' | 'unsupported_encoding';
			readonly detail: string;
	  };

type Inflate = (
	bytes: Uint8Array,
	options: { readonly maxOutputLength: number },
	done: (error: Error | null, result: Buffer) => void,
) => void;

/**
 * Node.js has zstd from 22.15 on (https://nodejs.org/docs/latest-v22.x/api/zlib.html#zlibzstddecompressbuffer-options-callback). Before that zstd is
 * refused in words: no official SDK sends it unasked, and the decoders in JavaScript take the size of their window from whoever sends the bytes.
 */
const zstd = (zlib as unknown as { readonly zstdDecompress?: Inflate }).zstdDecompress;

const INFLATES: Readonly<Record<string, Inflate>> = {
	gzip: zlib.gunzip,
	'x-gzip': zlib.gunzip,
	deflate: (bytes, options, done) => (isZlib(bytes) ? zlib.inflate : zlib.inflateRaw)(bytes, options, done),
	br: zlib.brotliDecompress,
	...(zstd === undefined ? {} : { zstd }),
};

/** For the `Accept-Encoding` of a refusal (RFC 9110, 12.5.3). */
export const ACCEPTED_ENCODINGS = Object.keys(INFLATES)
	.filter((name) => name !== 'x-gzip')
	.join(', ');

/**
 * Undoes a `Content-Encoding` that https://develop.sentry.dev/sdk/foundations/transport/compression/ names: gzip, deflate, br and, where Node.js has it, zstd.
 * Stops at `maxBytes`, however much more would come. Never throws.
 */
export function decompress(bytes: Buffer, encoding: string | undefined, maxBytes: number): Promise<Decompression> {
	const name = (encoding ?? 'identity').trim().toLowerCase();
	if (name === '' || name === 'identity') return Promise.resolve(bytes.length > maxBytes ? tooLarge(maxBytes) : { ok: true, bytes });
	const inflate = Object.hasOwn(INFLATES, name) ? INFLATES[name] : undefined;
	if (inflate === undefined) return Promise.resolve(refuseEncoding(name));
	return new Promise((resolve) => {
		inflate(bytes, { maxOutputLength: maxBytes }, (error, result) => {
			if (error === null) resolve({ ok: true, bytes: result });
			else resolve(isTooLarge(error) ? tooLarge(maxBytes) : damaged(name));
		});
	});
}

function refuseEncoding(name: string): Decompression {
	const detail =
		name === 'zstd'
			? 'zstd is understood from Node.js 22.15 on, and this server runs an older one: send gzip, deflate or br'
			: `expected a Content-Encoding of ${ACCEPTED_ENCODINGS}, got another`;
	return { ok: false, status: 415, code: 'unsupported_encoding', detail };
}

function tooLarge(maxBytes: number): Decompression {
	return { ok: false, status: 413, code: 'too_large', detail: `expected at most ${maxBytes} bytes after decompression, got more` };
}

function damaged(name: string): Decompression {
	return {
		ok: false,
		status: 400,
		code: 'bad_encoding',
		detail: `expected a body of ${name} as Content-Encoding says, got something else or only its beginning`,
	};
}

function isTooLarge(error: Error): boolean {
	return 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** `deflate` means the zlib format (RFC 1950), and some senders leave its two bytes of header out. */
function isZlib(bytes: Uint8Array): boolean {
	const [method = 0, flags = 0] = bytes;
	return (method & 15) === 8 && (method * 256 + flags) % 31 === 0;
}
