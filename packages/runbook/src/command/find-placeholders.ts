import type { Placeholder } from '../model.ts';

type Form = Placeholder['form'];

/** HTML that Markdown writers use; other words between angle brackets are placeholders. */
const html = new Set(
	`a abbr article aside b blockquote body br button caption center cite col colgroup dd del details dfn div dl dt em figcaption figure font footer form h1 h2 h3 h4 h5 h6 head hr html i iframe img input
	ins kbd li main mark nav ol p picture pre q s samp script section small span strike strong style sub summary sup svg path table tbody td tfoot th thead tr tt u ul var video wbr meta`.split(
		/\s+/,
	),
);
const notHollow =
	/^(?:x|ok|error|warn(?:ing)?|info|debug|fatal|trace|critical|notice|note|tip|important|caution|optional|true|false|null|none|options|flags|args|y\/n|yes\/no|skip ci|ci skip|pass(?:ed)?|fail(?:ed)?|done)$/i;
const ranges = /^(?:[A-Za-z0-9]-[A-Za-z0-9]|\\.|[_.,:/$%+@-])+$/;
const reservedHost =
	/(?:^|\.)(?:example\.(?:com|org|net|edu)|[a-z0-9-]+\.example|(?:my-?(?:domain|site|company|app)|domain|company|website|acme-corp|yourdomain)\.(?:com|org|net|io|dev|app))$/i;

interface Rule {
	readonly pattern: RegExp;
	/** Returns the placeholder's text, or null when this is none. */
	readonly read: (match: RegExpMatchArray, text: string) => { readonly text: string; readonly form: Form } | null;
}

const is =
	(form: Form): Rule['read'] =>
	(match) => ({ text: match[0], form });

/** In this order; what one rule took is not looked at by the next (rules F1 to F10). */
const rules: readonly Rule[] = [
	{ pattern: /\{\{[^{}\n]{1,200}\}\}/g, read: is('mustache') },
	{ pattern: /<([A-Za-z_][^<>\n]{0,80})>/g, read: readAngle },
	{ pattern: /\[([^[\]\n]{1,120})\]/g, read: readBracket },
	{ pattern: /\{([A-Za-z][A-Za-z0-9_ -]{0,60})\}/g, read: readBrace },
	{
		pattern:
			/(?<![A-Za-z0-9])(?:(?:\d{4}|YYYY|20XX)[-/](?:\d{2}|MM|XX)(?:[-/](?:\d{2}|DD|XX))?|(?:DD|MM)[-/](?:DD|MM)[-/]YYYY|YYYYMMDD(?:HHMM(?:SS)?)?)(?![A-Za-z0-9])/g,
		read: readDate,
	},
	{
		pattern:
			/(?<![\w.])(?:\+?\d{1,3}[-. ]?)?\(?(?:\d{3}|[Xx]{3})\)?[-. ](?:\d{3}|[Xx]{3})[-. ](?:\d{4}|[Xx]{4})(?![\w])|(?<![\w.-])(?:555|[Xx]{3})[-. ](?:\d{4}|[Xx]{4})(?![\w])|\+\d{0,3}[-. ]?[Xx]{3}(?:[-. ]?[Xx]{2,4})*/g,
		read: readPhone,
	},
	{ pattern: /(?<![\w@.-])(?:[\w.+-]+@)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)+(?![\w-])/gi, read: readHost },
	{
		pattern: /(?<![A-Za-z0-9])(?:[\w-]{0,40}[-_/])?(?:[Yy]our|YOUR)[-_][A-Za-z0-9][\w-]*|(?<![A-Za-z0-9_])YOUR[A-Z]{3,}\b/g,
		read: readYour,
	},
	{
		pattern:
			/(?<![A-Za-z0-9])(?:TBD|TBC|TBA|TODO|FIXME|X{3,}|x{3,}|CHANGE[-_]?ME|REPLACE[-_]?ME|change[-_]?me|replace[-_]me|INSERT[-_][A-Z_]+)(?![A-Za-z0-9])/g,
		read: is('todo'),
	},
	{ pattern: /[^\s"'`<>()[\]\0]+/g, read: readEllipsis },
];

/** Any of these must be there for a placeholder to be: it keeps long prose cheap. */
const trigger =
	/[<[{…]|\.\.\.|\d{4}[-/](?:\d|XX|MM)|YYYY|[Xx]{3}|20XX|(?:^|\D)555\D|\bDD[-/]MM|\bMM[-/]DD|your|exampl|TB[ACD]|TODO|FIXME|me\b|ME\b|INSERT|my-?(?:domain|site|company|app)|(?:domain|company|website|corp)\./i;

/**
 * What a document leaves to be filled in, in the order in which it stands, each once (rules F1 to F10).
 * Link labels, task boxes, footnotes, HTML, autolinks, regular expressions and `$VARIABLES` are none.
 */
export function findPlaceholders(text: string): readonly Placeholder[] {
	if (!trigger.test(text)) return [];
	const found: { readonly placeholder: Placeholder; readonly start: number }[] = [];
	let rest = text;
	for (const rule of rules) {
		for (const match of rest.matchAll(rule.pattern)) {
			const read = rule.read(match, text);
			if (read === null) continue;
			const start = match.index + Math.max(0, match[0].indexOf(read.text));
			found.push({ placeholder: read, start });
			rest = rest.slice(0, match.index) + '\u0000'.repeat(match[0].length) + rest.slice(match.index + match[0].length);
		}
	}
	const seen = new Set<string>();
	return found
		.sort((a, b) => a.start - b.start)
		.map((one) => one.placeholder)
		.filter((one) => !seen.has(one.text) && seen.add(one.text) !== undefined);
}

function readAngle(match: RegExpMatchArray, text: string): { text: string; form: Form } | null {
	const inner = match[1] as string;
	const before = text[match.index === undefined || match.index === 0 ? -1 : match.index - 1] ?? '';
	if (inner.endsWith(' ') || /^(?:https?|mailto|tel|ftp):/i.test(inner) || /[^\s]@[^\s]+\.[^\s]/.test(inner)) return null;
	if (/[&;$"=|]\s|[&;$"`=]|\|\||\s\/$/.test(inner)) return null;
	const name = /^[A-Za-z][\w-]*/.exec(inner)?.[0].toLowerCase() ?? '';
	if (
		inner.endsWith('/') ||
		(html.has(name) && (inner.length === name.length || /^\s/.test(inner.slice(name.length)))) ||
		text.includes(`</${name}>`)
	)
		return null;
	// `a<b and c>d` is arithmetic; `Promise<User>` is a type; `<<EOF` is a heredoc.
	if (before === '<' || (/\w/.test(before) && inner.includes(' '))) return null;
	if (
		/[A-Z][A-Za-z]*$/.test(text.slice(Math.max(0, (match.index ?? 0) - 30), match.index)) &&
		/^(?:[A-Z]\w*|string|number|boolean|void|any|unknown|u?int\d*)(?:\[\])?$/.test(inner)
	)
		return null;
	return { text: match[0], form: 'angle' };
}

function readBracket(match: RegExpMatchArray, text: string): { text: string; form: Form } | null {
	const inner = match[1] as string;
	const start = match.index ?? 0;
	const before = text[start - 1] ?? '';
	const after = text.slice(start + match[0].length, start + match[0].length + 12);
	if (/^\s|\s$/.test(inner) || notHollow.test(inner)) return null;
	if (/^(?:\(|\[)/.test(after) || /^:\s*(?:https?:|\/|#|<|mailto)/.test(after)) return null;
	if (/^[+?]|^\{\d|^\*(?!\*)/.test(after)) return null;
	if (/[\w.\]})'"\\$!]/.test(before)) return null;
	if (!/^[A-Za-z]/.test(inner) && !/^\d.*[A-Za-z]{3}.* /.test(inner)) return null;
	if (ranges.test(inner) || /^[A-Za-z]-[A-Za-z](?:[A-Za-z0-9]-[A-Za-z0-9]|[_.-])*$/.test(inner)) return null;
	if (/["`|$<>=]|\\|^\w+\(/.test(inner)) return null;
	return { text: match[0], form: 'bracket' };
}

function readBrace(match: RegExpMatchArray, text: string): { text: string; form: Form } | null {
	const start = match.index ?? 0;
	const before = text[start - 1] ?? '';
	const inner = match[1] as string;
	if (/[$%#@\\{^~]/.test(before) || text[start + match[0].length] === '}') return null;
	if (/^(?:print|next|exit|return)\b/.test(inner) || inner.endsWith(' ') || /^[a-z]$/.test(inner)) return null;
	return { text: match[0], form: 'brace' };
}

function readDate(match: RegExpMatchArray): { text: string; form: Form } | null {
	return /[A-Z]/.test(match[0]) ? { text: match[0], form: 'date' } : null;
}

function readPhone(match: RegExpMatchArray): { text: string; form: Form } | null {
	const text = match[0].trim();
	return /(?:^|\D)555(?:\D|$)|[Xx]{3}/.test(text) ? { text, form: 'phone' } : null;
}

function readHost(match: RegExpMatchArray): { text: string; form: Form } | null {
	const text = match[0];
	const host = text.slice(text.lastIndexOf('@') + 1);
	if (/\.(?:md|txt|ya?ml|json|js|ts|tsx|sh|py|sql|env|log|conf|toml|html|css|go|rb|local)$/i.test(host)) return null;
	const labels = host.toLowerCase().split('.');
	const tld = labels.at(-1) ?? '';
	if (!/^[a-z]{2,}$/.test(tld)) return null;
	const yours = labels
		.slice(0, -1)
		.some((label) =>
			/^(?:[a-z0-9]+[-_])*your(?:[-_]|$)|^your(?:domain|app|site|company|host|server|org|team|name|service|api|url)/.test(label),
		);
	return yours || reservedHost.test(host) ? { text, form: 'example-host' } : null;
}

function readYour(match: RegExpMatchArray): { text: string; form: Form } | null {
	const text = match[0].replace(/^.*\//, '');
	return /your[-_]?$/i.test(text) || /^your[-_](?:self|selves)$/i.test(text) ? null : { text, form: 'your' };
}

/** A part of a path that is left out; the `./...` of Go, ranges of git and dots at a sentence's end are none. */
function readEllipsis(match: RegExpMatchArray): { text: string; form: Form } | null {
	const word = match[0];
	if (!word.includes('...') && !word.includes('…')) return null;
	const elided = /[\w:-]\/(?:\.\.\.|…)(?:\/|$)|(?:^|[^.\w/])(?:\.\.\.|…)\/\w/.test(word);
	return elided ? { text: word, form: 'ellipsis' } : null;
}
