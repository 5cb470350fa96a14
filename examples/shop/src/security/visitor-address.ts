// The server writes it (scripts/serve.mjs) and takes away what a visitor sends under this name.
const header = 'x-shop-visitor';

/** The visitor's network address, or null when visitors cannot be told apart: behind a proxy that does not say for whom it asks. */
export function readVisitorAddress(request: Request): string | null {
	return request.headers.get(header);
}
