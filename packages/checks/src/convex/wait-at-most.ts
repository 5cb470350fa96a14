/** What a check would like to know, and does not wait for longer than it is worth. */

/** @param patienceMs longest wait. @returns the promise's value, or `late` when it takes longer; the promise goes on for others. */
export async function waitAtMost<T>(patienceMs: number, promise: Promise<T>, late: T): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const patience = new Promise<T>((resolve) => {
		timer = setTimeout(() => resolve(late), patienceMs);
	});
	try {
		return await Promise.race([promise, patience]);
	} finally {
		clearTimeout(timer);
	}
}
