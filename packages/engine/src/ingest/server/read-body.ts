import type { IncomingMessage } from 'node:http';
import type { ByteBudget } from './byte-budget.ts';

export type BodyReading =
	| { readonly ok: true; readonly bytes: Buffer }
	| { readonly ok: false; readonly code: 'too_large' | 'overloaded' | 'aborted' };

export interface ReadOptions {
	readonly maxBytes: number;
	readonly budget: ByteBudget;
	/** Lets a sender that asked first go on (`Expect: 100-continue`). */
	readonly goOn: () => void;
}

/**
 * Reads a body of at most `maxBytes`. Larger ones are noticed by their `Content-Length` before a byte is read, else as soon as there is one byte too much. What is
 * held is taken from the budget of the whole server; whoever reads gives it back when the body is done with. Never rejects.
 */
export function readBody(request: IncomingMessage, { maxBytes, budget, goOn }: ReadOptions): Promise<BodyReading> {
	const announced = Number(request.headers['content-length'] ?? 0);
	if (announced > maxBytes) return Promise.resolve({ ok: false, code: 'too_large' });
	if (!budget.has(announced)) return Promise.resolve({ ok: false, code: 'overloaded' });
	goOn();
	return new Promise((resolve) => {
		const chunks: Buffer[] = [];
		let size = 0;
		const finish = (reading: BodyReading): void => {
			request.off('data', take).off('end', end).off('close', abort).off('error', abort);
			resolve(reading);
		};
		const take = (chunk: Buffer): void => {
			size += chunk.length;
			if (size > maxBytes) finish({ ok: false, code: 'too_large' });
			else if (!budget.take(chunk.length)) finish({ ok: false, code: 'overloaded' });
			else chunks.push(chunk);
		};
		const end = (): void => finish({ ok: true, bytes: chunks.length === 1 ? (chunks[0] ?? Buffer.alloc(0)) : Buffer.concat(chunks, size) });
		const abort = (): void => finish({ ok: false, code: 'aborted' });
		request.on('data', take).once('end', end).once('close', abort).on('error', abort);
	});
}
