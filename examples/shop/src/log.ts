/** Writes one structured line to standard error. Callers pass names, lengths and ids, never secrets or what visitors typed. */
export function logEvent(
	level: 'info' | 'warn' | 'error',
	event: string,
	fields: Readonly<Record<string, string | number | boolean | null>> = {},
): void {
	console.error(JSON.stringify({ at: new Date().toISOString(), level, event, ...fields }));
}
