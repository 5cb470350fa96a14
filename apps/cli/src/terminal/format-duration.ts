/** Milliseconds for a person: `41 ms`, `1.4 s`, `2 min 5 s`. */
export function formatDuration(durationMs: number): string {
	if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
	if (durationMs < 59_950) return `${(durationMs / 1000).toFixed(1)} s`;
	const seconds = Math.round(durationMs / 1000);
	return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** How long ago, no finer than a person needs: `41 s`, `12 min`, `5 h`, `6 days`. A negative age is none. */
export function formatAge(ageMs: number): string {
	const seconds = Math.max(0, Math.round(ageMs / 1000));
	if (seconds < 60) return `${seconds} s`;
	if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
	const hours = Math.floor(seconds / 3600);
	return hours < 48 ? `${hours} h` : formatCount(Math.floor(hours / 24), 'day');
}

/** `1 check`, `2 checks`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
	return `${count} ${count === 1 ? one : many}`;
}
