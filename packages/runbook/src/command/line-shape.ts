import { isCmdlet } from './hazard/powershell.ts';
import { looksLikeSql } from './hazard/sql-statement.ts';
import { isOwnProgram, toolName } from './judge-script.ts';
import { isKnownTool } from './tool-families.ts';

/** What a line that is no command looks like. */
export type Shape = 'log' | 'json' | 'yaml' | 'config' | 'table' | 'diagram' | 'promql' | 'sql' | 'http' | 'code' | 'prose';

/** English words that are also programs: in untagged text they need more than their name. */
const ambiguous = new Set(
	`make find time watch which who test sort at kill service host node read set cut split join wait history top free last date more less head tail mail mount open help sleep echo export source exit install patch diff touch
	locate link type file id stat type start clear test true false return continue break local less more script column paste fold look next go command exec then do else task just now pass op cap sc net init env render platform
	release route strings start stop w r k case if for while until uniq nice flock ps man screen code black flask fly hey http https render turbo copilot eb platform sam mix lynx cd hub restic puppet knife salt bolt vault consul nomad dialog join`.split(
		/\s+/,
	),
);

const logLine =
	/^\s*(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d|\[?\d\d:\d\d:\d\d[\].,\s]|[A-Z][a-z]{2}\s+\d{1,2}\s\d\d:\d\d:\d\d\s|\[?(?:ERROR|WARN(?:ING)?|INFO|DEBUG|FATAL|TRACE|CRITICAL|NOTICE|ERR)\b[\]:\s|-]|\[[A-Z]\s\d{4}|[EWIF]\d{4}\s\d\d:\d\d|level=|ts=|time="|Traceback \(|panic:|goroutine \d|at \S+ \(|at [\w.$]+\(|Caused by:|Error:|error:|fatal:|\d{1,3}(?:\.\d{1,3}){3} - )/;
const promLine =
	/^\s*(?:(?:sum|rate|avg|max|min|count|histogram_quantile|increase|irate|topk|bottomk|absent|label_replace|predict_linear|quantile|delta|idelta|deriv|changes|stddev|avg_over_time|max_over_time|sum_over_time|clamp_max|round|abs|time|vector|count_values)\s*(?:(?:by|without)\s*\([^)]*\)\s*)?\(|[a-zA-Z_:][\w:]*\{[^}]*(?:=|=~|!=|!~)"[^"]*"?|[a-z_:][\w:]*(?:\{[^}]*\})?\[\d+[smhdwy]\]|[a-z]+_[a-z_]+\s*(?:[<>]=?|==|!=)\s*[\d.]+\s*$|\(?[a-z_:]+_[a-z_:]+\s*[/*+-]\s*[a-z_:]+_[a-z_:]+)/;
const diagramLine =
	/^\s*(?:[│├└┌┐┘┤┬┴┼─━┃╔╗╚╝═║▼▲►◄▶◀]|\|\s*$|[|+][-=+|\s]{3,}$|[v^]\s*$|\+--|`--|\|--|\[[^\]]+\]\s*(?:-+>|→)|.*(?:→|──|-->|──▶))/;
const tableLine =
	/^\s*(?:[A-Z][A-Z0-9()%/_-]+(?:\s{2,}|\t)(?:[A-Z][A-Z0-9()%/_ -]*(?:\s{2,}|\t|$))+|[A-Z]{2,}\s+(?:[A-Z-]{2,}\s+){2,}[A-Z-]{2,}\s*$|\|.*\|\s*$|[-+=]{4,}[-+=\s|]*$|\s*\w[\w-]*\s*\|\s*\w[\w-]*\s*\|)/;

/** The shape of a line that holds no command, or null when it has none of these (rule X4). */
export function shapeOf(line: string): Shape | null {
	if (logLine.test(line)) return 'log';
	if (/^\s*(?:[{}\]]\s*,?\s*$|[[{]\s*(?:["{[]|$)|"[^"]*"\s*:|[}\]],?\s*$)/.test(line)) return 'json';
	if (promLine.test(line)) return 'promql';
	if (looksLikeSql(line)) return 'sql';
	if (/^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)\s+(?:\/|https?:\/\/)\S*(?:\s+HTTP\/[\d.]+)?\s*$|^HTTP\/[\d.]+\s+\d{3}/.test(line.trim()))
		return 'http';
	if (diagramLine.test(line)) return 'diagram';
	if (tableLine.test(line)) return 'table';
	if (/^\s*(?:-\s+)?[A-Za-z][\w ./-]{0,60}:(?:\s|$)/.test(line) && !/^\s*[A-Za-z]:\\/.test(line)) return 'yaml';
	if (/^\s*-\s+\S/.test(line)) return 'yaml';
	if (
		/^\s*(?:import|from|const|let|var|def|class|return|function|public|private|package|use|require|module|resource|provider|variable|FROM|RUN|COPY|CMD|ENTRYPOINT)\s+[\w{"'*@./:]+.*[;{(=]?\s*$/.test(
			line,
		) &&
		!/^\s*import\s+-|^\s*use\s+-/.test(line) &&
		/[;{=(]\s*$|from\s+['"]|^\s*(?:FROM|RUN|COPY|CMD|ENTRYPOINT)\s/.test(line)
	)
		return 'code';
	if (/^\s*[\w.]+\s*(?:=|:=|\+=)\s+\S/.test(line) || /^\s*[\w.-]+\s*\{\s*$/.test(line)) return 'config';
	return null;
}

/** `NAME=value`, alone on its line: settings, unless a value runs a command. */
export function isAssignment(line: string): boolean {
	return /^\s*(?:export\s+|set\s+|setx\s+)?[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|[^\s"';|&]*)\s*(?:#.*)?$/.test(line) && !/\$\(|`/.test(line);
}

/** Opens a block of the shell that ends on a later line or on this one. */
export function opensBlock(line: string): boolean {
	return /^\s*(?:for\s+(?:\w+\s+in\b|\w+\s*$|\(\()|select\s+\w+\s+in\b|while\s+\S|until\s+\S|if\s+(?:\[|!|\(|[\w./-]+\s.*;\s*then\b|[\w./-]+.*$)|case\s+\S+\s+in\b|function\s+[\w-]+|[A-Za-z_][\w-]*\s*\(\)\s*(?:\{|$)|\{\s*$|\(\s*$)/.test(
		line,
	);
}

/**
 * How sure it is that a line is a command (rules X2 and X3): `known` by its program, `own` a script, `stranger` an unknown
 * program in a fence tagged as shell, or null.
 *
 * @param tagged the fence says that it is shell, or the line had a prompt
 */
export function commandShape(line: string, tagged: boolean): 'known' | 'own' | 'stranger' | null {
	const text = line.trim().replace(/^(?:\(|!\s|&\s)\s*/, '');
	let rest = text;
	for (let assignment = leadingAssignment.exec(rest); assignment !== null; assignment = leadingAssignment.exec(rest))
		rest = rest.slice(assignment[0].length);
	const first = /^(?:"[^"]+"|'[^']+'|[^\s|&;<>()"']+)/.exec(rest)?.[0].replace(/^["']|["']$/g, '') ?? '';
	if (tagged && /^(?::\s*)?>{1,2}\s*[\w./-]+$/.test(text)) return 'known';
	if (first === '') return null;
	const tail = rest.slice(first.length);
	const program = first.replace(/^\\/, '');
	if (/^\.{1,2}\/[\w@.-]|^~\/[\w.-]/.test(program)) return isSentence(rest) ? null : 'own';
	const tool = toolName(program);
	const exact = program === tool || program.includes('/') || /\.exe$/i.test(program) || tagged;
	if (isKnownTool(tool) && exact && !/^(?:[A-Z]|.*:$)/.test(program.replace(/^.*\//, ''))) {
		if (/^\/\w+$/.test(program) && !tagged) return null;
		return looksMeant(tool, tail, tagged) ? 'known' : null;
	}
	if (isCmdlet(program)) return tagged || /^[A-Z]/.test(program) ? 'known' : null;
	if (
		isOwnProgram(program) &&
		/\.(?:sh|bash|zsh|py|rb|pl|js|mjs|ts|ps1|bat|cmd)$|^(?:bin|scripts?|tools|ops|vendor\/bin|\/opt|\/usr\/local)\/[\w./-]+$/i.test(
			program,
		) &&
		!isSentence(rest) &&
		!/^\s*:/.test(tail)
	)
		return 'own';
	if (!tagged) return null;
	if (/^\$\{?[A-Za-z_]\w*\}?$/.test(program) && /^\s+\S/.test(tail)) return 'stranger';
	if (/^<[a-z][\w-]*>$/.test(program)) return null;
	return isStranger(program, tail) ? 'stranger' : null;
}

const leadingAssignment = /^[A-Za-z_]\w*=(?:"[^"]*"|'[^']*'|\$\([^)]*\)|[^\s"';|&()]*)\s+(?=\S)/;

function looksMeant(tool: string, tail: string, tagged: boolean): boolean {
	if (/^\s*(?:=|:\s|:$|,)/.test(tail)) return false;
	if (tool === '[' && !/\]/.test(tail)) return false;
	if (tagged) return !(ambiguous.has(tool) && isSentence(tool + tail));
	if (!ambiguous.has(tool)) return !isSentence(tool + tail);
	// An English word: only with a flag, a path, a quote, an operator, a variable, or a word that belongs to the tool.
	if (isSentence(tool + tail)) return false;
	return (
		/\s-{1,2}[A-Za-z]|\s[./~][\w./-]*|\s["'$]|[|>&;]|\s\w+[/.=@:]\w/.test(tail) ||
		/^(?:service \S+ (?:start|stop|restart|reload|status)|make (?!sure\b|it\b|the\b|a\b|an\b)[a-z][\w-]*|fly \w+|cd \S+|node \S+\.\w+|sleep \d+|kill \d+|go (?:run|build|test)|host \S+\.\S+|task [\w:-]+|mix [\w.]+|vault \w+|consul \w+|which \w+|env|ps|top|date|free|who|w|exit)\s*$/.test(
			(tool + tail).trim(),
		)
	);
}

/** Reads like a sentence for people: several plain words, no flag, no path, closed by a full stop or a colon, or with small words in it. */
function isSentence(text: string): boolean {
	const plain = text.replace(/#.*$/, '').trim();
	if (/(?:^|\s)-{1,2}[A-Za-z]|["'|$=><]|\s[./~]\S|https?:\/\//.test(plain)) return false;
	const words = plain.split(/\s+/);
	if (words.length < 3) return /[a-z][.:?!]$/.test(plain) && words.length > 1 && !/\.\w+$/.test(plain);
	if (/[a-z)][.:?!,]$/.test(plain)) return true;
	return (
		/\s(?:the|a|an|is|are|was|were|and|or|to|of|for|with|if|that|this|your|our|any|all|from|has|have|should|must|will|not)\s/i.test(
			plain,
		) && !/\s(?:all|from|to|for|is|to)\s*$/.test(plain)
	);
}

function isStranger(program: string, tail: string): boolean {
	if (!/^[a-z_][a-z0-9_.+-]*$/.test(program) || program.endsWith('.') || /^[._]+$/.test(program)) return false;
	const text = `${program}${tail}`;
	if (isSentence(text) || /==|=~|!=|\bnot found\b|[{}]\s*$/.test(text) || /[()]/.test(tail.replace(/\$\([^)]*\)|"[^"]*"|'[^']*'/g, '')))
		return false;
	if (/^\s*$/.test(tail)) return /[-_]/.test(program);
	// Columns: a row of a table that a command printed.
	if (/\S\s{2,}\S+.*\s{2,}\S/.test(text)) return false;
	const words = tail.trim().split(/\s+/);
	return (
		/\s-{1,2}[A-Za-z]/.test(tail) ||
		/[-_.\d]/.test(program) ||
		(words.length <= 4 && words.every((word) => /^[\w@%+=:,./$"'{}~<>[\]-]+$/.test(word)) && !/\s{2,}\S/.test(tail))
	);
}
