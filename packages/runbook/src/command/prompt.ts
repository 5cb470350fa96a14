/** A prompt taken off: what was typed behind it, and for which program. */
export interface Prompted {
	readonly text: string;
	/** Columns taken off, so that the rest of a logical line can be found in the content. */
	readonly width: number;
	readonly client: 'shell' | 'sql' | 'redis' | 'other';
}

const shellPrompts: readonly RegExp[] = [
	/^\s*(?:\([\w.-]+\)\s*)?\$\s+(?=\S)/,
	/^\s*%\s+(?=\S)/,
	/^\s*(?:\([\w.-]+\)\s*)?\[?[\w.-]+@[\w.-]+(?::|\s)?[^\s$#%>\]]*\]?\s?[$#%>]\s+(?=\S)/,
	/^\s*PS(?:\s[^>\n]{0,120})?>\s*(?=\S)/,
	/^\s*[A-Za-z]:\\[^>\n]{0,120}>\s*(?=\S)/,
	/^\s*(?:~|\.{1,2}|[~/][\w./-]*|[\w-]+)\s?[$%]\s+(?=\S)/,
	/^\s*[❯➜›]\s+(?=\S)/,
];
const clientPrompts: readonly (readonly [RegExp, Prompted['client']])[] = [
	[
		/^\s*(?:mysql|MariaDB(?: \[[^\]]*\])?|sqlite|[A-Za-z_]\w*[=(*!-]*[#>]|clickhouse\s?:\)|cqlsh(?::\w+)?>)\s+(?=(?:select|insert|update|delete|drop|truncate|alter|create|grant|revoke|show|explain|vacuum|set|use|begin|commit|rollback|with|kill|describe|analyze|reindex|call)\b|\\)/i,
		'sql',
	],
	[/^\s*(?:redis|[\w.-]+:\d+(?:\[\d+\])?)>\s+(?=\S)/, 'redis'],
	[/^\s*(?:irb\([^)]*\)[:\d]*[>*]|>>>|pry\([^)]*\)>|iex\(\d+\)>|In \[\d+\]:)\s+(?=\S)/, 'other'],
];

/** Takes a prompt off a line (rule X5); null when there is none. `weak` also takes a bare `> `, which Markdown and shells use for much else. */
export function takePrompt(line: string, weak: boolean): Prompted | null {
	for (const [pattern, client] of clientPrompts) {
		const found = pattern.exec(line);
		if (found !== null) return { text: line.slice(found[0].length), width: found[0].length, client };
	}
	for (const pattern of weak ? [...shellPrompts, /^\s*>\s+(?=\S)/] : shellPrompts) {
		const found = pattern.exec(line);
		if (found !== null) return { text: line.slice(found[0].length), width: found[0].length, client: 'shell' };
	}
	return null;
}
