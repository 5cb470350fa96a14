export interface Args {
	/** What is neither a flag nor a flag's value. */
	readonly operands: readonly string[];
	/** True when one of these flags is given, alone, with `=value`, or inside a cluster of single letters. */
	readonly has: (...flags: readonly string[]) => boolean;
	/** Value of the first of these flags that has one. */
	readonly value: (...flags: readonly string[]) => string | null;
	readonly values: (...flags: readonly string[]) => readonly string[];
}

/**
 * Reads flags in the usual way of command lines: `--name value`, `--name=value`, `-n value`, `-nvalue`, `-abc`, `--`.
 *
 * @param takesValue flags that are followed by a value
 */
export function readArgs(args: readonly string[], takesValue: readonly string[] = []): Args {
	const valued = new Set(takesValue);
	const operands: string[] = [];
	const given: { flag: string; value: string | null }[] = [];
	for (let index = 0; index < args.length; index += 1) {
		const arg = args[index] as string;
		if (arg === '--') {
			operands.push(...args.slice(index + 1));
			break;
		}
		if (!arg.startsWith('-') || arg === '-') {
			operands.push(arg);
			continue;
		}
		const equals = arg.indexOf('=');
		if (arg.startsWith('--') || valued.has(arg) || (equals > 2 && /^-[a-z]{2}/i.test(arg))) {
			if (equals > 0) given.push({ flag: arg.slice(0, equals), value: arg.slice(equals + 1) });
			else if (valued.has(arg)) {
				given.push({ flag: arg, value: args[index + 1] ?? null });
				index += 1;
			} else given.push({ flag: arg, value: null });
			continue;
		}
		// A word of single letters; also kept whole, for tools that write long flags with one dash.
		given.push({ flag: arg, value: null });
		for (let at = 1; at < arg.length; at += 1) {
			const flag = `-${arg[at]}`;
			if (!valued.has(flag)) {
				given.push({ flag, value: null });
				continue;
			}
			const rest = arg.slice(at + 1);
			if (rest !== '') given.push({ flag, value: rest.startsWith('=') ? rest.slice(1) : rest });
			else {
				given.push({ flag, value: args[index + 1] ?? null });
				index += 1;
			}
			break;
		}
	}
	const wanted = (flags: readonly string[]) => given.filter((one) => flags.includes(one.flag));
	return {
		operands,
		has: (...flags) => wanted(flags).length > 0,
		value: (...flags) => wanted(flags).find((one) => one.value !== null)?.value ?? null,
		values: (...flags) => wanted(flags).flatMap((one) => (one.value === null ? [] : [one.value])),
	};
}
