/** Words of a text, split at white space: long lists of names stay readable. */
export function wordList(text: string): readonly string[] {
	return text.trim().split(/\s+/);
}
