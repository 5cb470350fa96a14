import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

const ANSWERS: Readonly<Record<string, readonly [number, string]>> = {
	ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
	HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
	HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Payload Too Large'],
};

/** Answers what never became a request: bad HTTP, headers without end, a body that stopped. @returns the reason as a label with few values. */
export function answerBrokenRequest(error: Error, socket: Duplex): string {
	const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
	if (code === 'ECONNRESET' || code === 'EPIPE' || !socket.writable) {
		socket.destroy();
		return 'reset';
	}
	const [status, words] = ANSWERS[code] ?? [400, 'Bad Request'];
	// After an answer has begun, nothing may follow it.
	const begun = isSocket(socket) && socket.bytesWritten > 0 && code === 'ERR_HTTP_REQUEST_TIMEOUT';
	if (begun) socket.destroy();
	else socket.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
	return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'timeout' : 'bad_http';
}

function isSocket(stream: Duplex): stream is Socket {
	return 'bytesWritten' in stream;
}
