/** Wraps a log function so that the same line is written at most once per `intervalMs`, and a failing log never reaches the caller. */
export function logSeldom(
	log: (line: string) => void,
	intervalMs = 60_000,
	now: () => number = () => performance.now(),
): (line: string) => void {
	let last: { line: string; at: number } | null = null;
	return (line) => {
		const at = now();
		if (last !== null && last.line === line && at - last.at < intervalMs) return;
		last = { line, at };
		try {
			log(line);
		} catch {
			// The application's logger is its own concern; a request must not fail over it.
		}
	};
}
