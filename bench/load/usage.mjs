/** Processor time and memory of the engine and PostgreSQL together, from `/proc`. */
import { readdirSync, readFileSync } from 'node:fs';

/** `_SC_CLK_TCK` of Linux on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** @param {number} pid @returns {{ parent: number, own: number, ended: number } | null} seconds; null: it has ended */
function readStat(pid) {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
		// The name in brackets may hold anything; after it every field has its place (proc(5)).
		const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
		const at = (/** @type {number} */ field) => Number(fields[field - 3]) / TICKS_PER_SECOND;
		return { parent: Number(fields[1]), own: at(14) + at(15), ended: at(16) + at(17) };
	} catch {
		return null;
	}
}

/** @param {number} root @returns {readonly number[]} it and all below it */
export function listTree(root) {
	/** @type {Map<number, number[]>} */
	const children = new Map();
	for (const name of readdirSync('/proc')) {
		const pid = Number(name);
		const stat = Number.isInteger(pid) ? readStat(pid) : null;
		if (stat !== null) children.set(stat.parent, [...(children.get(stat.parent) ?? []), pid]);
	}
	const found = [root];
	for (const pid of found) found.push(...(children.get(pid) ?? []));
	return found;
}

/**
 * Of these processes, what is below them, and what has ended below them.
 * @param {readonly number[]} roots
 */
export function readCpuSeconds(roots) {
	const pids = new Set(roots.flatMap(listTree));
	return [...pids].reduce((sum, pid) => {
		const stat = readStat(pid);
		return sum + (stat === null ? 0 : stat.own + stat.ended);
	}, 0);
}

/** Proportional share: what several hold together counts once. @param {readonly number[]} roots @returns MB of 10⁶ bytes */
export function readPssMb(roots) {
	const pids = new Set(roots.flatMap(listTree));
	let kb = 0;
	for (const pid of pids) {
		try {
			kb += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
		} catch {
			// It ended in between.
		}
	}
	return (kb * 1024) / 1e6;
}
