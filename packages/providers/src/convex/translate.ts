/** What a Convex deployment says of itself. Pure. */

/** The answer of `GET /version`: one line of plain text (get-convex/convex-backend, `crates/local_backend/src/router.rs`). @returns null for anything else. */
export function translateVersion(text: string): string | null {
	const line = text.trim();
	return /^[\w.+-]{1,100}$/.test(line) ? line : null;
}
