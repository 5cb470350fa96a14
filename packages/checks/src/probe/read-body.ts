/**
 * Reads a body under two bounds: bytes on the wire and bytes after unpacking. What goes beyond is cut and said; a compressed
 * bomb stops at the second bound without ever being held in memory as a whole.
 */
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, Transform } from 'node:stream';
import zlib from 'node:zlib';

/** `wire`: longer than the bound as sent; `decoded`: longer than the bound once unpacked. */
export interface BodyCut {
	readonly at: 'wire' | 'decoded';
	readonly limitBytes: number;
}

export interface BodyBounds {
	readonly maxBytes: number;
	readonly maxDecodedBytes: number;
}

export interface BodyRead {
	readonly body: Buffer;
	readonly wireBytes: number;
	readonly cut: BodyCut | null;
}

/** @param first beginning of what it will unpack, where that is known. */
type Decoder = (first?: Buffer) => Transform;

/** Node 20 has no zstd; from 22.15 on it has. */
const createZstd: Decoder | undefined = Reflect.get(zlib, 'createZstdDecompress');

const decoders: Readonly<Record<string, Decoder | undefined>> = {
	gzip: () => zlib.createGunzip(),
	'x-gzip': () => zlib.createGunzip(),
	// RFC 9110, 8.4.1.2: meant is the zlib format, but some servers send the bare stream.
	deflate: (first) => (first === undefined || hasZlibHeader(first) ? zlib.createInflate() : zlib.createInflateRaw()),
	br: () => zlib.createBrotliDecompress(),
	...(createZstd === undefined ? {} : { zstd: createZstd }),
};

export const acceptedEncodings: readonly string[] = ['gzip', 'deflate', 'br', ...(createZstd === undefined ? [] : ['zstd'])];

/** More layers than this are not unpacked: each multiplies the work. */
const maxLayers = 3;

/** Rejects with the stream's own error: a broken connection, or a body that is not what its encoding says. */
export function readBody(incoming: IncomingMessage, bounds: BodyBounds): Promise<BodyRead> {
	return incoming.headers['content-encoding'] === undefined ? readPlain(incoming, bounds) : readEncoded(incoming, bounds);
}

/** Most answers: no stage between the connection and the reader. */
function readPlain(incoming: IncomingMessage, bounds: BodyBounds): Promise<BodyRead> {
	const limitBytes = Math.min(bounds.maxBytes, bounds.maxDecodedBytes);
	const chunks: Buffer[] = [];
	let size = 0;
	return new Promise((resolve, reject) => {
		const finish = (isCut: boolean): void => {
			const body = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
			const decodedCut = isCut && bounds.maxDecodedBytes < bounds.maxBytes;
			resolve({ body, wireBytes: size, cut: describeCut(isCut && !decodedCut, decodedCut, bounds) });
		};
		incoming.on('data', (chunk: Buffer) => {
			const room = limitBytes - size;
			if (room < 0) return;
			chunks.push(chunk.length <= room ? chunk : chunk.subarray(0, room));
			size += Math.min(chunk.length, room);
			if (chunk.length <= room) return;
			finish(true);
			incoming.destroy();
		});
		incoming.once('end', () => finish(false));
		incoming.on('error', reject);
		incoming.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
	});
}

async function readEncoded(incoming: IncomingMessage, bounds: BodyBounds): Promise<BodyRead> {
	const first = await peek(incoming);
	// HEAD, 204, 304 and most redirects name an encoding and send nothing: there is nothing to unpack.
	if (first === null) return { body: Buffer.alloc(0), wireBytes: 0, cut: null };
	const layers = readEncodings(incoming.headers['content-encoding'], first);
	let wireBytes = 0;
	let wireCut = false;
	const meter = new Transform({
		transform(chunk: Buffer, _encoding, done) {
			if (wireCut) return done();
			const room = bounds.maxBytes - wireBytes;
			wireBytes += chunk.length;
			if (chunk.length <= room) return done(null, chunk);
			wireCut = true;
			wireBytes = bounds.maxBytes;
			this.push(chunk.subarray(0, room));
			this.push(null);
			incoming.destroy();
			return done();
		},
	});

	const chunks: Buffer[] = [];
	let size = 0;
	let decodedCut = false;
	const source = connect(incoming, [meter, ...layers]);
	try {
		for await (const chunk of source) {
			const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
			const room = bounds.maxDecodedBytes - size;
			chunks.push(bytes.length <= room ? bytes : bytes.subarray(0, room));
			size += Math.min(bytes.length, room);
			if (bytes.length > room) {
				decodedCut = true;
				break;
			}
		}
	} catch (error) {
		// A body that we cut ourselves ends in the middle of its compressed stream: that is no fault of the server.
		if (!wireCut) throw error;
	}
	if (decodedCut) incoming.destroy();
	return { body: Buffer.concat(chunks), wireBytes, cut: describeCut(wireCut, decodedCut, bounds) };
}

function describeCut(wireCut: boolean, decodedCut: boolean, bounds: BodyBounds): BodyCut | null {
	if (decodedCut) return { at: 'decoded', limitBytes: bounds.maxDecodedBytes };
	return wireCut ? { at: 'wire', limitBytes: bounds.maxBytes } : null;
}

function connect(incoming: Readable, stages: readonly Transform[]): Readable {
	let source = incoming;
	for (const stage of stages) {
		const upstream = source;
		// Errors travel downstream, so that the reader at the end sees them.
		pipeline(upstream, stage, (error) => {
			if (error !== undefined && error !== null && !stage.destroyed) stage.destroy(error);
		});
		source = stage;
	}
	return source;
}

/** Waits for the first bytes and leaves them where they are. @returns null when the body ends without any. */
function peek(incoming: IncomingMessage): Promise<Buffer | null> {
	return new Promise((resolve, reject) => {
		const look = (): void => {
			const chunk: Buffer | null = incoming.read();
			if (chunk === null) return;
			leave();
			incoming.unshift(chunk);
			resolve(chunk);
		};
		const end = (): void => {
			leave();
			resolve(null);
		};
		const fail = (error: Error): void => {
			leave();
			reject(error);
		};
		const close = (): void => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
		const leave = (): void => {
			incoming.off('readable', look).off('end', end).off('error', fail).off('close', close);
		};
		incoming.on('readable', look).on('end', end).on('error', fail).on('close', close);
	});
}

/** RFC 1950, 2.2: the method is 8, and both bytes together divide by 31. */
function hasZlibHeader(first: Buffer): boolean {
	const [method = 0, flags] = first;
	return (method & 15) === 8 && (flags === undefined || (method * 256 + flags) % 31 === 0);
}

function readEncodings(header: string | undefined, first: Buffer): readonly Transform[] {
	const names = (header ?? '')
		.split(',')
		.map((name) => name.trim().toLowerCase())
		.filter((name) => name !== '' && name !== 'identity');
	if (names.length > maxLayers)
		throw Object.assign(new Error(`more than ${maxLayers} layers of compression`), { code: 'Z_TOO_MANY_LAYERS' });
	return names.toReversed().map((name, index) => {
		const create = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
		if (create === undefined) throw Object.assign(new Error(`unknown content encoding`), { code: 'Z_UNKNOWN_ENCODING' });
		return index === 0 ? create(first) : create();
	});
}
