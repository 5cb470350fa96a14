/** Figures of the benches: medians, slopes, and the closing line. */
import { writeFile } from 'node:fs/promises';

/** @param {readonly number[]} values at least one */
export function findMedian(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1
		? (sorted[middle] ?? Number.NaN)
		: ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/**
 * Exponent of growth: the least-squares slope of log(ms) over log(bytes). 1 is linear, 2 is quadratic.
 * @param {readonly { bytes: number, ms: number }[]} rows at least two sizes
 */
export function fitSlope(rows) {
	const points = rows.map(({ bytes, ms }) => [Math.log(bytes), Math.log(ms)]);
	const mean = (/** @type {number} */ axis) => points.reduce((total, point) => total + (point[axis] ?? 0), 0) / points.length;
	const [x, y] = [mean(0), mean(1)];
	const above = points.reduce((total, [px = 0, py = 0]) => total + (px - x) * (py - y), 0);
	const below = points.reduce((total, [px = 0]) => total + (px - x) ** 2, 0);
	return above / below;
}

/** @param {number} value three significant digits at least below 100, whole numbers above */
export function formatFigure(value) {
	return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

/**
 * Writes all rows where asked for, then prints the one line that others read: `name: key=value …`, units in the keys.
 * @param {string} name @param {Record<string, number>} figures @param {{ json: string | null, rows: readonly object[] }} output
 */
export async function printFigures(name, figures, { json, rows }) {
	if (json !== null) await writeFile(json, `${JSON.stringify({ bench: name, node: process.version, figures, rows }, null, '\t')}\n`);
	console.log(
		`${name}: ${Object.entries(figures)
			.map(([key, value]) => `${key}=${formatFigure(value)}`)
			.join(' ')}`,
	);
}

/** A line of progress on standard error, so that standard output holds results only. @param {string} text */
export function sayProgress(text) {
	process.stderr.write(`${text}\n`);
}

/**
 * Imports a built package.
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function importBuilt(name) {
	try {
		return await import(name);
	} catch (error) {
		if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
		console.error(`expected ${name} to be built, got no file for it. Run: npm run build\n(${error.message.split('\n')[0]})`);
		process.exit(2);
	}
}
