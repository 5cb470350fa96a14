/** The table of the benchmark: one line per fault while it runs, then one per group, as README shows it. */

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} group
 * @property {string} title
 * @property {boolean} detected
 * @property {boolean} top1
 * @property {string[]} echoes
 * @property {string} said
 * @property {string[]} confirmed
 * @property {number} couldNotTell Causes of failing issues that are left open.
 * @property {string[]} seen What was noticed without the checks.
 * @property {number} seconds Of the diagnosis.
 */

/** @param {Row} row */
export function showRow({ id, detected, top1, echoes, said, confirmed, seconds }) {
	const verdict = !detected ? 'MISSED' : top1 ? 'right' : 'WRONG';
	const stray = echoes.length === 0 ? '' : `  echoes: ${echoes.join(', ')}`;
	return `${verdict.padEnd(7)} ${id.padEnd(32)} ${said.padEnd(26)} ${confirmed.join(' ').padEnd(16)} ${seconds.toFixed(1).padStart(5)} s${stray}`;
}

/** @param {readonly Row[]} rows @returns {string[]} Markdown. */
export function showGroups(rows) {
	const names = [...new Set(rows.map(({ group }) => group))];
	const lines = names.map((name) => {
		const own = rows.filter(({ group }) => group === name);
		const count = (/** @type {(row: Row) => boolean} */ test) => own.filter(test).length;
		const slowest = Math.max(...own.map(({ seconds }) => seconds));
		return `| ${name} | ${own.length} | ${count((row) => row.detected)} | ${count((row) => row.top1)} | ${own.flatMap(({ echoes }) => echoes).length} | ${own.reduce((sum, row) => sum + row.couldNotTell, 0)} | ${slowest.toFixed(1)} |`;
	});
	return [
		'| Faults | made | detected | top cause right | echoes | causes left open | slowest, s |',
		'|---|---:|---:|---:|---:|---:|---:|',
		...lines,
	];
}
