/** @returns the body as text, or null when it is longer than `maxBytes` after unpacking; reading stops there. */
export async function readText(response: Response, maxBytes: number): Promise<string | null> {
	if (response.body === null) return '';
	const decoder = new TextDecoder();
	let size = 0;
	let text = '';
	for await (const chunk of response.body) {
		size += chunk.byteLength;
		// Leaving the loop cancels the stream.
		if (size > maxBytes) return null;
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}
