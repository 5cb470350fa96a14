/**
 * Any text as one line that can be shown anywhere: no control characters (so no line break in a header), none that turn the
 * direction of writing or stand for nothing, no half of a surrogate pair, and not longer than `max` characters.
 * What was cut says so, with the length it had.
 */
export function cleanLine(text: string, max: number): string {
	// A text that is far too long is not looked at beyond what may be shown.
	const start = text.slice(0, max * 4);
	const clean = start
		.replace(/\p{Cs}/gu, '\uFFFD')
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.replace(invisible, '')
		.trim();
	if (start.length === text.length && clean.length <= max) return clean;
	const note = ` … (cut, ${text.length.toLocaleString('en-US')} characters)`;
	return note.length < max / 2 ? `${cutAt(clean, max - note.length).trimEnd()}${note}` : `${cutAt(clean, max - 1).trimEnd()}…`;
}

/** Format characters (marks of direction, zero-width spaces, tags), but not the joiners that scripts and emoji are written with. */
const invisible = /[^\P{Cf}\u200C\u200D]/gu;

/** At most `length` UTF-16 units, and no half of a character outside the basic plane. */
export function cutAt(text: string, length: number): string {
	const cut = text.slice(0, Math.max(0, length));
	return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** The longest beginning of a text whose escaped form (by `mark`), with `…` where it was cut, is not longer than `max` UTF-16 units. */
export function fitEscaped(text: string, max: number, mark: (text: string) => string): string {
	const whole = mark(text);
	if (whole.length <= max) return whole;
	let [low, high] = [0, Math.min(text.length, max)];
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (mark(`${cutAt(text, middle)}…`).length <= max) low = middle;
		else high = middle - 1;
	}
	return mark(`${cutAt(text, low)}…`).slice(0, max);
}
