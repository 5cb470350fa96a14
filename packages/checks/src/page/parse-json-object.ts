/** @returns the object that the text holds as JSON; null when it holds something else. */
export function parseJsonObject(text: string): Record<string, unknown> | null {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : null;
	} catch {
		return null;
	}
}
