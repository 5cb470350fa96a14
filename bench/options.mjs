/** Options of the benches: `--name value`, `--help`. Problems are shown all at once, with exit code 2. */

/**
 * @typedef {{ kind: 'number', default: number, about: string } | { kind: 'text', default: string | null, about: string } | { kind: 'flag', default: false, about: string }} Option
 */

/**
 * @template {Record<string, Option>} T
 * @param {{ usage: string, about: string, options: T }} program
 * @param {readonly string[]} argv
 * @returns {{ [K in keyof T]: T[K]['kind'] extends 'number' ? number : T[K]['kind'] extends 'flag' ? boolean : string | null }}
 */
export function readOptions(program, argv = process.argv.slice(2)) {
	/** @type {Record<string, unknown>} */
	const values = Object.fromEntries(Object.entries(program.options).map(([name, option]) => [name, option.default]));
	/** @type {string[]} */
	const problems = [];
	const words = [...argv];
	while (words.length > 0) {
		const [head, inline] = splitOnce(words.shift() ?? '');
		if (head === '--help' || head === '-h') {
			console.log(describe(program));
			process.exit(0);
		}
		const option = head.startsWith('--') ? program.options[head.slice(2)] : undefined;
		if (option === undefined) {
			problems.push(`${head}: no such option`);
			continue;
		}
		if (option.kind === 'flag') {
			values[head.slice(2)] = true;
			continue;
		}
		const value = inline ?? words.shift();
		if (value === undefined || value === '') problems.push(`${head}: expected a ${option.kind}, got nothing`);
		else if (option.kind === 'text') values[head.slice(2)] = value;
		else if (!(Number(value) >= 0)) problems.push(`${head}: expected a number of 0 or more, got ${value}`);
		else values[head.slice(2)] = Number(value);
	}
	if (problems.length > 0) {
		console.error(`${problems.join('\n')}\n\n${describe(program)}`);
		process.exit(2);
	}
	return /** @type {any} */ (values);
}

/** @param {string} word @returns {readonly [string, string | undefined]} */
function splitOnce(word) {
	const at = word.startsWith('--') ? word.indexOf('=') : -1;
	return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

/** @param {{ usage: string, about: string, options: Record<string, Option> }} program */
function describe({ usage, about, options }) {
	const rows = Object.entries(options).map(([name, option]) => {
		const given = option.kind === 'flag' ? '' : ` ${option.kind === 'number' ? 'N' : 'TEXT'}`;
		const fallback = option.kind === 'number' ? ` (default ${option.default})` : '';
		return `  ${`--${name}${given}`.padEnd(18)} ${option.about}${fallback}`;
	});
	return `usage: ${usage}\n${about}\n\n${rows.join('\n')}\n  ${'--help'.padEnd(18)} this text`;
}
