/** Fields of a form or of a JSON object, as text. `form` is true when a browser's form sent them and expects a page in return. */
export type Input =
	| { readonly ok: true; readonly form: boolean; readonly fields: ReadonlyMap<string, string> }
	| { readonly ok: false; readonly form: boolean; readonly status: 400 | 413 | 415; readonly message: string };

const MAX_BYTES = 16 * 1024;
const MAX_MS = 10_000;

/** Reads a small body: a urlencoded form or a flat JSON object. Bounded in size and time. */
export async function readInput(request: Request): Promise<Input> {
	const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
	const form = type === 'application/x-www-form-urlencoded';
	if (!form && type !== 'application/json') {
		return {
			ok: false,
			form: false,
			status: 415,
			message: 'Expected a body of type application/x-www-form-urlencoded or application/json.',
		};
	}
	const body = await readBounded(request);
	if (body === null) return { ok: false, form, status: 413, message: `Expected a body of at most ${MAX_BYTES} bytes.` };
	if (form) return { ok: true, form, fields: new Map(new URLSearchParams(body)) };
	const fields = parseFlat(body);
	if (fields === null) return { ok: false, form, status: 400, message: 'Expected a flat JSON object with texts and numbers.' };
	return { ok: true, form, fields };
}

function parseFlat(body: string): Map<string, string> | null {
	try {
		const content: unknown = JSON.parse(body);
		if (typeof content !== 'object' || content === null || Array.isArray(content)) return null;
		const entries = Object.entries(content);
		if (!entries.every(([, value]) => typeof value === 'string' || typeof value === 'number')) return null;
		return new Map(entries.map(([name, value]) => [name, String(value)]));
	} catch {
		return null;
	}
}

async function readBounded(request: Request): Promise<string | null> {
	if (request.body === null) return '';
	const reader = request.body.getReader();
	const timer = setTimeout(() => void reader.cancel().catch(() => {}), MAX_MS);
	const chunks: Uint8Array[] = [];
	let size = 0;
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			size += value.byteLength;
			if (size > MAX_BYTES) {
				await reader.cancel();
				return null;
			}
			chunks.push(value);
		}
	} finally {
		clearTimeout(timer);
	}
	return Buffer.concat(chunks).toString('utf8');
}
