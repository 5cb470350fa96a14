/** What an unquoted or double-quoted `$…`, a backtick or a process substitution stands for. */
export type Expansion =
	| { readonly kind: 'variable'; readonly name: string /** `${X:-y}`, `${X#y}`: more than the value itself. */; readonly operator: boolean }
	| { readonly kind: 'special'; readonly name: string }
	| { readonly kind: 'command'; readonly inner: string }
	| { readonly kind: 'process'; readonly inner: string }
	| { readonly kind: 'arithmetic'; readonly inner: string };

export interface Word {
	readonly kind: 'word';
	/** Quotes and escapes removed; expansions stand as they are written. */
	readonly text: string;
	readonly start: number;
	readonly end: number;
	/** Its leading characters that are neither quoted, escaped nor expanded. */
	readonly bare: string;
	/** Something in it is quoted or escaped. */
	readonly quoted: boolean;
	readonly expansions: readonly Expansion[];
	/** Holds an unquoted `*`, `?` or `[`. */
	readonly glob: boolean;
	/** Holds an unquoted `{a,b}` or `{1..3}`. */
	readonly braces: boolean;
	/** Begins with an unquoted `~`. */
	readonly tilde: boolean;
	/** Names that stand as a literal `$NAME` in single quotes or behind a backslash. */
	readonly literalNames: readonly string[];
}

export interface Operator {
	readonly kind: 'operator';
	readonly text: '&&' | '||' | '|&' | ';;' | '|' | ';' | '&' | '(' | ')' | '\n';
	readonly start: number;
	readonly end: number;
}

export interface Redirection {
	readonly kind: 'redirection';
	readonly operator: '&>>' | '<<-' | '<<<' | '&>' | '>>' | '>|' | '>&' | '<<' | '<&' | '<>' | '>' | '<';
	readonly fd: number | null;
	readonly target: Word | null;
	/** Text of a heredoc, once read. */
	readonly body: string | null;
	readonly start: number;
	readonly end: number;
}

export interface LineComment {
	readonly kind: 'comment';
	readonly text: string;
	readonly start: number;
	readonly end: number;
}

export type Token = Word | Operator | Redirection | LineComment;

/** What was opened and not closed. `line`: longer than a logical line may be; `nesting`: deeper than is read. */
export type Unclosed = 'single quote' | 'double quote' | 'backtick' | 'parenthesis' | 'brace' | 'heredoc' | 'line' | 'nesting';

export interface Lexed {
	readonly tokens: readonly Token[];
	readonly unclosed: Unclosed | null;
	/** Offset behind the last character read. */
	readonly end: number;
}
